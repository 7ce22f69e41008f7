package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.StartRecipe;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds supervisord processes by their command line, and the one that runs a given configuration. */
final class SupervisordFinder {
    private final World world;

    SupervisordFinder(World world) {
        this.world = world;
    }

    /** Those that were started with exactly this configuration, with how they were started. In a container the same words name another file. */
    Map<ProcessEntry, StartRecipe> running(Path conf, ProcessTable table) {
        Map<ProcessEntry, StartRecipe> found = new LinkedHashMap<>();
        List<ProcessEntry> candidates = new ArrayList<>(
                table.all().stream().filter(ProcessEntry::isSupervisord).toList());
        for (ProcessEntry candidate : candidates) {
            observe(candidate, table)
                    .filter(recipe -> OwnConf.of(recipe)
                            .filter(own -> OwnConf.same(own, conf))
                            .filter(own -> world.processes().isOfThisPlace(candidate.pid(), own))
                            .isPresent())
                    .ifPresent(recipe -> found.put(candidate, recipe));
        }
        found.keySet().removeAll(wrappers(found.keySet(), table));
        return found;
    }

    /** A script of its name that runs it looks like it, too, and is its parent; what supervisord has forked and not executed yet has all of its words. */
    private static List<ProcessEntry> wrappers(Set<ProcessEntry> found, ProcessTable table) {
        return found.stream()
                .flatMap(process -> table
                        .parent(process)
                        .filter(found::contains)
                        .filter(parent -> !parent.argv().equals(process.argv()))
                        .stream())
                .toList();
    }

    /** Nothing for one that ends while it is looked at, or that is not ours to look at: it is another's. */
    private Optional<StartRecipe> observe(ProcessEntry candidate, ProcessTable table) {
        try {
            return Optional.of(world.starter().observe(candidate.identity(table.bootId())));
        } catch (UncheckedIOException gone) {
            return Optional.empty();
        }
    }
}
