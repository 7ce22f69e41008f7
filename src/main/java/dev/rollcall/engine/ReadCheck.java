package dev.rollcall.engine;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisordCommand;
import dev.rollcall.port.Starter;
import java.util.Optional;

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
        return starter.unreadable(recipe, site.conf().files())
                .map(file -> "tried to check how supervisord is started but uid " + recipe.uid()
                        + ", which it runs as, may not read " + file
                        + "; let that user read it (chgrp and chmod g+r), or make supervisord a systemd unit");
    }
}
