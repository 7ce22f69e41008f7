package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that repeats a recipe: a small Python program, since Java can set neither session, umask, limits, user
 * nor signal mask of a child. The recipe goes in by standard input; argv can be read by everybody.
 */
final class Launch {
    static final List<String> PYTHONS =
            List.of("/usr/bin/python3", "/usr/local/bin/python3", "/usr/libexec/platform-python");

    private static final String PROGRAM = program();

    private Launch() {}

    static Command of(StartRecipe recipe, Path errors, Duration limit) {
        return new Command(
                Shield.before(List.of(interpreter(recipe), "-I", "-S", "-E", "-c", PROGRAM)),
                HostCommand.PLAIN,
                null,
                RecipeJson.write(recipe, Optional.of(errors)),
                limit);
    }

    /**
     * Supervisord's own Python 3 where it has one: it is there, whatever else is. Python 2 cannot run the program. That of another user comes last: it may be
     * theirs to write, and the program begins with our rights.
     */
    private static String interpreter(StartRecipe recipe) {
        List<String> candidates = new ArrayList<>(PYTHONS);
        candidates.add(
                StatusFile.isOurs(recipe.uid()) ? 0 : PYTHONS.size(),
                recipe.argv().get(0));
        return candidates.stream().filter(Launch::isPython).findFirst().orElse(PYTHONS.get(0));
    }

    private static boolean isPython(String program) {
        return program.matches("/[ -~]*/(python3[0-9.]*|platform-python)") && Files.isExecutable(Path.of(program));
    }

    private static String program() {
        try (InputStream in = Launch.class.getResourceAsStream("start.py")) {
            if (in == null) {
                throw new IllegalStateException("start.py is not in the jar; build it anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("tried to read start.py but the jar is damaged; install it anew", e);
        }
    }
}
