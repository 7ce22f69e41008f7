package dev.rollcall.engine;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration that a supervisord reads, by its command line: with the links in its path, which decide what is relative to it. */
final class OwnConf {
    /** {@code -c FILE}, {@code -nc FILE}, {@code -cFILE}, {@code --configuration FILE} or with an equals sign. */
    private static final Pattern OPTION = Pattern.compile("(?:-[tksn]*c|--co[a-z]*=?)(.*)", Pattern.DOTALL);

    /** A word that begins with a slash is a path, blanks and all; any other with blanks is a script for a shell. */
    private static final Pattern PROGRAM = Pattern.compile("(?:/.*/|\\S*/)?(?:supervisor\\.)?supervisord(?:\\.py)?");

    private OwnConf() {}

    /** @return empty for a command that is not supervisord itself: it may read anything */
    static Optional<Path> of(StartRecipe recipe) {
        List<String> argv = recipe.argv();
        for (int i = 0; i < argv.size(); i++) {
            if (PROGRAM.matcher(argv.get(i)).matches()) {
                return told(argv.subList(i + 1, argv.size()))
                        .map(word -> path(recipe, word))
                        .orElseGet(() -> ConfSearch.find(directory(recipe), argv));
            }
        }
        return Optional.empty();
    }

    /** A unit has a directory of its own, which may be a link that has been switched: what is relative to that is not known before. */
    static Optional<Path> atNextStart(StartRecipe recipe) {
        Optional<Path> own = of(recipe);
        return recipe.unit().isEmpty()
                ? own
                : own.filter(path -> recipe.argv().stream().anyMatch(word -> word.endsWith(path.toString())));
    }

    /** Whether both lead to one file, by whatever links. */
    static boolean same(Path one, Path other) {
        try {
            return one.toRealPath().equals(other.toRealPath());
        } catch (IOException gone) {
            return one.normalize().equals(other.normalize());
        }
    }

    private static Optional<String> told(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            Matcher option = OPTION.matcher(words.get(i));
            if (option.matches() && (!option.group(1).isEmpty() || i + 1 < words.size())) {
                return Optional.of(option.group(1).isEmpty() ? words.get(i + 1) : option.group(1));
            }
        }
        return Optional.empty();
    }

    /** Supervisord expands a tilde; whose home another user's is, is not ours to guess. */
    private static Optional<Path> path(StartRecipe recipe, String word) {
        String home = recipe.text().getOrDefault("HOME", "");
        if (word.startsWith("~")) {
            return word.startsWith("~/") && home.startsWith("/")
                    ? Optional.of(Path.of(home + word.substring(1)))
                    : Optional.empty();
        }
        return Optional.of(directory(recipe).resolve(word));
    }

    /** The kernel tells a process its directory without links. */
    private static Path directory(StartRecipe recipe) {
        Path directory = Path.of(recipe.directory().isEmpty() ? "/" : recipe.directory());
        try {
            return directory.toRealPath();
        } catch (IOException gone) {
            return directory;
        }
    }
}
