package dev.rollcall.engine;

import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Commands.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

/** What camel-exec's own executor lacks: nothing inherited, an output limit, and a deadline that ends the whole tree. */
final class BoundedExecutor implements ExecCommandExecutor {
    private static final int LARGEST_OUTPUT = 16 << 20;
    private static final int BY_SIGNAL = 128;
    private static final int ENDED_BY_DEADLINE = BY_SIGNAL + 9;
    private static final int NOT_RUN = 127;
    /** What Java starts programs with may get a ^C too, before there is a program: then that is how the command ended. */
    private static final Pattern HELPER_ENDED = Pattern.compile("spawn helper: .*signal: (\\d{1,2})");
    /** Of any other exit code camel-exec logs an error with the whole command line in it; who has it run reads ours. */
    private static final int QUIET = 0;

    /** Carries the output through camel-exec. */
    static final class Result extends ExecResult {
        private static final long serialVersionUID = 1L;
        private final transient Output output;

        Result(ExecCommand command, Output output) {
            super(command, new ByteArrayInputStream(output.out()), InputStream.nullInputStream(), QUIET);
            this.output = output;
        }

        Output output() {
            return output;
        }
    }

    @Override
    public ExecResult execute(ExecCommand command) {
        return new Result(command, run(((BoundedCommand) command).command()));
    }

    static Output run(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.directory(
                Optional.ofNullable(command.directory()).orElse(Path.of("/")).toFile());
        try {
            return await(builder.start(), command);
        } catch (IOException e) {
            return notRun(String.valueOf(e.getMessage()));
        }
    }

    static Output notRun(String why) {
        Matcher ended = HELPER_ENDED.matcher(why);
        int exit = ended.find() ? BY_SIGNAL + Integer.parseInt(ended.group(1)) : NOT_RUN;
        return new Output(exit, new byte[0], why, false);
    }

    private static Output await(Process process, Command command) {
        CompletableFuture<byte[]> out = reader(process.getInputStream());
        CompletableFuture<byte[]> err = reader(process.getErrorStream());
        CompletableFuture<Boolean> fed = feeder(process.getOutputStream(), command.input());
        long deadline = System.nanoTime() + command.limit().toNanos();
        try {
            boolean ended = process.waitFor(command.limit().toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) {
                endTree(process);
                return new Output(
                        ENDED_BY_DEADLINE,
                        new byte[0],
                        "no end within " + command.limit().toSeconds() + " s",
                        true);
            }
            long left = Math.max(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200));
            byte[] bytes = out.get(left, TimeUnit.NANOSECONDS);
            String words = new String(err.get(left, TimeUnit.NANOSECONDS), StandardCharsets.UTF_8);
            String unread = fed.getNow(true) ? "" : " (it did not read its input)";
            return new Output(process.exitValue(), bytes, words + unread, false);
        } catch (TimeoutException e) {
            return new Output(process.exitValue(), new byte[0], "its output was kept open by another process", true);
        } catch (ExecutionException e) {
            return new Output(NOT_RUN, new byte[0], String.valueOf(e.getCause()), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            endTree(process);
            return new Output(ENDED_BY_DEADLINE, new byte[0], "interrupted", true);
        }
    }

    private static void endTree(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    /** Reads on past the limit, so that the process is not held up, and drops what is too much. */
    private static CompletableFuture<byte[]> reader(InputStream stream) {
        return background(() -> {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                kept.write(buffer, 0, Math.min(n, LARGEST_OUTPUT - kept.size()));
            }
            return kept.toByteArray();
        });
    }

    private static CompletableFuture<Boolean> feeder(OutputStream stream, byte[] input) {
        return background(() -> {
            try (stream) {
                stream.write(input);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> CompletableFuture<T> background(Reading<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(work.get());
                    } catch (IOException e) {
                        future.completeExceptionally(e);
                    }
                },
                "command");
        thread.setDaemon(true);
        thread.start();
        return future;
    }
}
