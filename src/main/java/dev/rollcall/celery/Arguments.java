package dev.rollcall.celery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker's command line says about its application, wherever the options stand and however they are written.
 *
 * @param words the command line, or what setproctitle left of it
 */
record Arguments(List<String> words) {
    private static final Map<String, String> SHORT = Map.of("--app", "-A", "--broker", "-b");

    /** {@code [celeryd: w@h:MainProcess] -active- (-A tasks worker)} is all that setproctitle leaves. */
    static Arguments of(List<String> argv) {
        String first = argv.isEmpty() ? "" : argv.get(0);
        int open = first.indexOf('(');
        if (first.startsWith("[celeryd:") && open > 0) {
            int close = first.lastIndexOf(')');
            String rest = first.substring(open + 1, close > open ? close : first.length());
            return new Arguments(List.of(rest.strip().split("\\s+")));
        }
        return new Arguments(argv);
    }

    Optional<String> app() {
        return option("--app");
    }

    Optional<String> broker() {
        return option("--broker");
    }

    Optional<String> config() {
        return option("--config");
    }

    Optional<String> loader() {
        return option("--loader");
    }

    Optional<String> workdir() {
        return option("--workdir");
    }

    /** What leads {@code celery} to the application; the broker's URL is not among it, it may hold a password. */
    List<String> forCelery() {
        List<String> options = new ArrayList<>();
        app().ifPresent(a -> options.addAll(List.of("-A", a)));
        loader().ifPresent(l -> options.addAll(List.of("--loader", l)));
        config().ifPresent(c -> options.addAll(List.of("--config", c)));
        workdir().ifPresent(w -> options.addAll(List.of("--workdir", w)));
        return options;
    }

    /** The last one counts, as it does for Celery. */
    private Optional<String> option(String name) {
        String brief = SHORT.getOrDefault(name, name);
        Optional<String> found = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if ((word.equals(name) || word.equals(brief)) && i + 1 < words.size()) {
                found = Optional.of(words.get(i + 1));
            } else if (word.startsWith(name + "=")) {
                found = Optional.of(word.substring(name.length() + 1));
            } else if (!brief.equals(name) && word.startsWith(brief) && word.length() > 2) {
                found = Optional.of(word.substring(word.startsWith(brief + "=") ? 3 : 2));
            }
        }
        return found;
    }

    /** Whether a path names a Python, so that it may be given Python code. */
    static boolean python(Path program) {
        Path name = program.getFileName();
        return name != null
                && (name.toString().startsWith("python") || name.toString().startsWith("pypy"));
    }
}
