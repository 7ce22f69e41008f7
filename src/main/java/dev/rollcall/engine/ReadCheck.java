package dev.rollcall.engine;

import dev.rollcall.core.Program;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisordCommand;
import dev.rollcall.port.Starter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a supervisord that is started by the recipe could read what we have read. One with {@code user=} that root has started reads as root
 * and then becomes that user; a process does not tell who has started it, and root must not execute on a guess what a user may have made.
 */
record ReadCheck(Starter starter, Site site) {
    /** A unit's own manager knows its user, and what another program makes of its words is not known. */
    Optional<String> fault() {
        StartRecipe recipe = site.recipe();
        if (!recipe.unit().isEmpty() || !SupervisordCommand.is("", recipe.argv())) {
            return Optional.empty();
        }
        return starter.unreadable(recipe, files())
                .map(file -> "tried to check how supervisord is started but uid " + recipe.uid()
                        + ", which it runs as, may not read " + file
                        + "; let that user read it (chgrp and chmod g+r), or make supervisord a systemd unit");
    }

    /** An included file that supervisord may not read is passed over by it: it was read if all that the files say has been loaded. */
    private List<String> files() {
        Set<String> loaded = site.programs().stream().map(Program::fullName).collect(Collectors.toSet());
        boolean all = site.conf().programs().stream().map(Program::fullName).allMatch(loaded::contains);
        return site.conf().files().stream().limit(all ? Long.MAX_VALUE : 1).toList();
    }
}
