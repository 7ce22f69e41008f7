package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The command that repeats a recipe: a small Python program, since Java can set neither session, umask, limits, user
 * nor signal mask of a child. The recipe goes in by standard input; argv can be read by everybody.
 */
final class Launch {
    /** Ten times what it takes on a slow host. */
    private static final Duration TRIAL = Duration.ofSeconds(10);

    private static final String PROGRAM = program();

    private Launch() {}

    static Command of(StartRecipe recipe, Path errors, Duration limit) {
        return command(recipe, RecipeJson.write(recipe, Optional.of(errors)), limit);
    }

    /** By the same interpreter and the same program, up to where supervisord would be executed. */
    static Command trial(StartRecipe recipe) {
        return command(recipe, RecipeJson.trial(recipe), TRIAL);
    }

    private static Command command(StartRecipe recipe, byte[] input, Duration limit) {
        String python = Pythons.HOST.of(recipe);
        return new Command(
                Shield.before(List.of(python, "-I", "-S", "-E", "-c", PROGRAM)), HostCommand.PLAIN, null, input, limit);
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
