package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which Python 3 begins a start. Python 2 cannot run the program; a plain {@code python} counts if it leads to a 3. Loops and no streams:
 * their first use costs a JVM that has just started as much as the start of a Python.
 *
 * @param root where the host's own are looked up
 */
record Pythons(Path root) {
    static final Pythons HOST = new Pythons(Path.of("/"));

    private static final String THREE = "python3[0-9.]*|platform-python";
    private static final String USUAL = "/usr/bin/python3";
    private static final List<String> HOSTS =
            List.of("usr/bin/python3", "usr/local/bin/python3", "usr/libexec/platform-python");
    private static final List<String> PLAIN = List.of("usr/bin/python", "usr/local/bin/python");
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    /** Some hosts have one with its number only. */
    private static final int NEWEST = 19;

    private static final int OLDEST = 4;

    /**
     * Supervisord's own where it has one: it is there, whatever else is. Never that of another user: it may be theirs to
     * write, and the program begins with our rights.
     */
    String of(StartRecipe recipe) {
        if (!Us.are(recipe.uid())) {
            return first().orElse(USUAL);
        }
        String program = program(recipe);
        Optional<String> own = own(program);
        Optional<String> found = own.isPresent() ? own : first();
        if (found.isPresent()) {
            return found.get();
        }
        // one that does not tell its version by its name: the trial at preflight does
        return isPython(program) ? program : USUAL;
    }

    /** The host's, which nobody but root may write. */
    Optional<String> first() {
        Optional<String> found = first(HOSTS);
        for (int minor = NEWEST; found.isEmpty() && minor >= OLDEST; minor--) {
            found = first(List.of("usr/bin/python3." + minor, "usr/local/bin/python3." + minor));
        }
        return found.isPresent() ? found : first(PLAIN);
    }

    private Optional<String> first(List<String> names) {
        for (String name : names) {
            String path = root.resolve(name).toString();
            if (isThree(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** What it is executed by, if that is a Python, or what lies beside it, as in a venv or with conda. */
    private static Optional<String> own(String program) {
        String beside = program.substring(0, program.lastIndexOf('/') + 1).concat("python3");
        if (isThree(program)) {
            return Optional.of(program);
        }
        return isThree(beside) ? Optional.of(beside) : Optional.empty();
    }

    /** Looked up as the program itself does; empty if it is not there. */
    private static String program(StartRecipe recipe) {
        String name = recipe.argv().get(0);
        String path = name.contains("/") ? "" : recipe.environment().getOrDefault("PATH", DEFAULT_PATH);
        for (String folder : path.split(":")) {
            String named = folder.isEmpty() ? name : folder + "/" + name;
            String candidate = named.startsWith("/") ? named : recipe.directory() + "/" + named;
            if (isProgram(candidate)) {
                return candidate;
            }
        }
        return "";
    }

    /** Java cannot make a path of other names where the locale is C. */
    private static boolean isProgram(String path) {
        return path.matches("/[ -~]*") && Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
    }

    private static boolean isThree(String path) {
        return isPython(path) && (name(path).matches(THREE) || leadsToThree(path));
    }

    private static boolean isPython(String path) {
        return name(path).matches("python|" + THREE) && isProgram(path);
    }

    private static boolean leadsToThree(String path) {
        try {
            return name(Path.of(path).toRealPath().toString()).matches(THREE);
        } catch (IOException gone) {
            return false;
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
