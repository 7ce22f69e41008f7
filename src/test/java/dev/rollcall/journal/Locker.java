package dev.rollcall.journal;

import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Another Rollcall that has the lock of a configuration: a process of its own, until it is closed, or killed as a crash would. */
final class Locker implements AutoCloseable {
    private final Process process;
    private final BufferedReader words;

    private Locker(Process process) {
        this.process = process;
        this.words = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Locker start(Path state, Path host, Path conf) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new Locker(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        Locker.class.getName(),
                        state.toString(),
                        host.toString(),
                        conf.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Runs in the other process. */
    public static void main(String[] args) throws IOException {
        FileJournal journal = new FileJournal(Path.of(args[0]), Retention.DEFAULT, HostFolder.of(Path.of(args[1])));
        Holder me = new Holder("other", ProcessHandle.current().pid(), "timer:nightly", Instant.now());
        Lock lock = journal.lock(Path.of(args[2]), me);
        System.out.println(lock instanceof Lock.Taken ? "taken" : "refused");
        int word = System.in.read();
        if (word == '\n' && lock instanceof Lock.Taken taken) {
            taken.closer().close();
            System.out.println("released");
        }
    }

    String says() throws IOException {
        return words.readLine();
    }

    void release() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assert says() != null;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
