package dev.rollcall.celery;

import dev.rollcall.port.Commands;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs commands for real, plainly; remembers what was run so that tests can look for secrets. */
final class ChildCommands implements Commands {
    final List<Command> ran = new ArrayList<>();

    @Override
    public Output run(Command command) {
        synchronized (ran) {
            ran.add(command);
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command.argv());
            builder.environment().clear();
            builder.environment().putAll(command.environment());
            builder.directory(
                    command.directory() == null
                            ? new File("/")
                            : command.directory().toFile());
            return output(builder.start(), command);
        } catch (IOException e) {
            return new Output(127, new byte[0], String.valueOf(e.getMessage()), false);
        }
    }

    private static Output output(Process child, Command command) throws IOException {
        try (OutputStream in = child.getOutputStream()) {
            in.write(command.input());
        }
        CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> bytes(child.getInputStream()));
        CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> bytes(child.getErrorStream()));
        boolean ended = false;
        try {
            ended = child.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            child.destroyForcibly();
        }
        String words = new String(err.join(), StandardCharsets.UTF_8);
        return new Output(ended ? child.exitValue() : 137, out.join(), words, !ended);
    }

    private static byte[] bytes(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
