package dev.rollcall.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks one of the host's own small programs, with a deadline; for words that must not be waited for. */
final class HostCommand {
    static final Map<String, String> PLAIN = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

    /** Less than a pipe holds: a program that says more blocks and meets its deadline. */
    private static final int MOST_OUTPUT = 32 * 1024;

    /** @param exit -1 if it could not be run or did not end in time */
    record Answer(int exit, String out) {
        static final Answer NONE = new Answer(-1, "");
    }

    private HostCommand() {}

    static Answer run(List<String> argv, Duration limit) {
        return run(argv, PLAIN, limit);
    }

    static Answer run(List<String> argv, Map<String, String> environment, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return answer(builder.start(), limit);
        } catch (IOException notThere) {
            // a program that is missing gives the same as one that is silent: no answer
            return Answer.NONE;
        }
    }

    /** A child that misses its deadline is left: it is but a question, and only {@link Signaller} ends processes. */
    private static Answer answer(Process child, Duration limit) throws IOException {
        if (!ended(child, limit)) {
            return Answer.NONE;
        }
        try (InputStream out = child.getInputStream()) {
            return new Answer(child.exitValue(), new String(out.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
        }
    }

    /** An interrupt waits: half a question has no answer, and the deadline is short. */
    private static boolean ended(Process child, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return child.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
