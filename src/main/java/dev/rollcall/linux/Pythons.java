package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which Python 3 begins a start. Python 2 cannot run the program; a plain {@code python} counts if it leads to a 3.
 *
 * @param root where the host's own are looked up
 */
record Pythons(Path root) {
    static final Pythons HOST = new Pythons(Path.of("/"));

    private static final String THREE = "python3[0-9.]*|platform-python";
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    /** Some hosts have one with its number only. */
    private static final int NEWEST = 19;

    private static final int OLDEST = 4;

    /**
     * Supervisord's own where it has one: it is there, whatever else is. That of another user comes last: it may be
     * theirs to write, and the program begins with our rights.
     */
    String of(StartRecipe recipe) {
        boolean ours = StatusFile.isOurs(recipe.uid());
        return Stream.concat(ours ? own(recipe) : ofHost(), ours ? ofHost() : own(recipe))
                .filter(Pythons::isThree)
                .findFirst()
                // one that does not tell its version by its name: the trial at preflight does
                .or(() -> own(recipe).filter(Pythons::isAny).findFirst())
                .orElse("/usr/bin/python3");
    }

    /** The host's, which nobody but root may write. */
    Optional<String> first() {
        return ofHost().filter(Pythons::isThree).findFirst();
    }

    private Stream<String> ofHost() {
        Stream<String> usual = Stream.of("usr/bin/python3", "usr/local/bin/python3", "usr/libexec/platform-python");
        Stream<String> numbered = IntStream.iterate(NEWEST, n -> n >= OLDEST, n -> n - 1)
                .mapToObj(n -> "python3." + n)
                .flatMap(name -> Stream.of("usr/bin/" + name, "usr/local/bin/" + name));
        Stream<String> plain = Stream.of("usr/bin/python", "usr/local/bin/python");
        return Stream.of(usual, numbered, plain).flatMap(names -> names).map(name -> root.resolve(name)
                .toString());
    }

    /** What it is executed by, if that is a Python, and what lies beside it, as in a venv or with conda. */
    private static Stream<String> own(StartRecipe recipe) {
        return program(recipe).stream()
                .flatMap(program -> Stream.of(
                        program,
                        program.substring(0, program.lastIndexOf('/') + 1).concat("python3")));
    }

    /** Looked up as the program itself does. */
    private static Optional<String> program(StartRecipe recipe) {
        String name = recipe.argv().get(0);
        List<String> folders = name.contains("/")
                ? List.of("")
                : List.of(
                        recipe.environment().getOrDefault("PATH", DEFAULT_PATH).split(":"));
        return folders.stream()
                .map(folder -> folder.isEmpty() ? name : folder + "/" + name)
                .map(path -> path.startsWith("/") ? path : recipe.directory() + "/" + path)
                .filter(Pythons::isProgram)
                .findFirst();
    }

    /** Java cannot make a path of other names where the locale is C. */
    private static boolean isProgram(String path) {
        return path.matches("/[ -~]*") && Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
    }

    private static boolean isThree(String path) {
        return isAny(path) && (name(path).matches(THREE) || leadsToThree(path));
    }

    private static boolean isAny(String path) {
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
