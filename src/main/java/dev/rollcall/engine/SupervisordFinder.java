package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Starter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds supervisord processes by their command line, and the one that runs a given configuration. */
final class SupervisordFinder {
    private final Starter starter;

    SupervisordFinder(Starter starter) {
        this.starter = starter;
    }

    /** Those that were started with exactly this configuration, with how they were started. */
    Map<ProcessEntry, StartRecipe> running(Path conf, ProcessTable table) {
        Map<ProcessEntry, StartRecipe> found = new LinkedHashMap<>();
        List<ProcessEntry> candidates = new ArrayList<>(
                table.all().stream().filter(ProcessEntry::isSupervisord).toList());
        for (ProcessEntry candidate : candidates) {
            observe(candidate, table)
                    .filter(recipe -> confOf(recipe).filter(c -> same(c, conf)).isPresent())
                    .ifPresent(recipe -> found.put(candidate, recipe));
        }
        return found;
    }

    /** Nothing for one that ends while it is looked at, or that is not ours to look at: it is another's. */
    private Optional<StartRecipe> observe(ProcessEntry candidate, ProcessTable table) {
        try {
            return Optional.of(starter.observe(candidate.identity(table.bootId())));
        } catch (UncheckedIOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<Path> confOf(StartRecipe recipe) {
        List<String> argv = recipe.argv();
        for (int i = 0; i < argv.size(); i++) {
            String word = argv.get(i);
            if ((word.equals("-c") || word.equals("--configuration")) && i + 1 < argv.size()) {
                return Optional.of(Path.of(recipe.directory()).resolve(argv.get(i + 1)));
            }
            if (word.startsWith("--configuration=")) {
                return Optional.of(Path.of(recipe.directory()).resolve(word.substring("--configuration=".length())));
            }
            if (word.startsWith("-c") && word.length() > 2) {
                return Optional.of(Path.of(recipe.directory()).resolve(word.substring(2)));
            }
        }
        return ConfSearch.find(Path.of(recipe.directory()), recipe.argv());
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.toRealPath().equals(other.toRealPath());
        } catch (IOException gone) {
            return one.normalize().equals(other.normalize());
        }
    }
}
