package dev.rollcall.celery;

import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real Celery worker in a folder of its own. */
final class CeleryWorker implements AutoCloseable {
    static final String PYTHON = System.getProperty("rollcall.python", "/usr/bin/python3");
    private final Process process;
    private final Path log;

    /** @param application Python code that makes {@code app} */
    CeleryWorker(Path directory, String application, Map<String, String> environment, String... prefix)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("tasks.py"),
                """
                import time
                from celery import Celery
                %s
                @app.task(name="tasks.nap")
                def nap(seconds, secret=None):
                    time.sleep(seconds)
                """
                        .formatted(application));
        log = directory.resolve("worker.log");
        List<String> argv = new ArrayList<>(Arrays.asList(prefix));
        argv.addAll(
                List.of(PYTHON, "-m", "celery", "-A", "tasks", "worker", "-n", "w-" + directory.getFileName() + "@%h"));
        argv.addAll(List.of("-c", "2", "-l", "INFO", "--without-mingle", "--without-gossip", "-Q", queue(directory)));
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("TMPDIR", openToAll(directory.resolve("tmp")).toString());
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** A worker that is killed leaves a folder behind; some are run by another user. */
    private static Path openToAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String queue(Path directory) {
        return "q-" + directory.getFileName();
    }

    CeleryWorker ready() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.readString(log).contains(" ready."));
        return this;
    }

    /** Puts a task on its queue with Celery's own client, from the worker's folder. */
    void send(Path directory, Map<String, String> environment, int seconds) throws Exception {
        String code = "import tasks; tasks.nap.apply_async((%d,), {'secret': 'my-argument'}, queue='%s')"
                .formatted(seconds, queue(directory));
        ProcessBuilder builder = new ProcessBuilder(PYTHON, "-c", code).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("client.log").toFile())
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    ProcessEntry entry() throws IOException {
        return entry(pid());
    }

    /** A row of the process table, as far as this package looks at it. */
    static ProcessEntry entry(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        String[] argv = Files.readString(proc.resolve("cmdline")).split("\0");
        String exe = Files.readSymbolicLink(proc.resolve("exe")).toString();
        String stat = Files.readString(proc.resolve("stat"));
        long started = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        return new ProcessEntry(pid, started, 1, pid, pid, 'S', 0, exe, List.of(argv), Map.of());
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> pool = process.descendants().toList();
        process.destroyForcibly().waitFor();
        pool.forEach(ProcessHandle::destroyForcibly);
    }
}
