package dev.rollcall.linux;

import dev.rollcall.port.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs what the starter made, as plainly as can be; a prefix can make the surroundings hostile. */
final class RealCommands implements Commands {
    private final List<String> prefix;

    RealCommands(String... prefix) {
        this.prefix = List.of(prefix);
    }

    @Override
    public Output run(Command command) {
        try {
            Path out = Files.createTempFile("rollcall", ".out");
            Path err = Files.createTempFile("rollcall", ".err");
            try {
                return run(command, out, err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Output run(Command command, Path out, Path err) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(command.argv());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        Process child = builder.start();
        try (OutputStream in = child.getOutputStream()) {
            in.write(command.input());
        }
        boolean ended = child.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS);
        child.destroyForcibly().waitFor();
        String words = Files.readString(err, StandardCharsets.ISO_8859_1);
        return new Output(ended ? child.exitValue() : 137, Files.readAllBytes(out), words, !ended);
    }
}
