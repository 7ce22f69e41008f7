package dev.rollcall.linux;

import dev.rollcall.core.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts real processes for a test and ends them, and only them. */
final class Spawner implements AutoCloseable {
    static final String PYTHON = "/usr/bin/python3";

    private final List<ProcessHandle> ours = new ArrayList<>();

    Process run(String... argv) throws IOException {
        Process child = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        adopt(child.pid());
        return child;
    }

    /** Runs Python until it has printed a line. */
    Spoken python(String code) throws IOException {
        Process child = run(PYTHON, "-c", code);
        BufferedReader reader = child.inputReader();
        return new Spoken(child, Optional.ofNullable(reader.readLine()).orElseThrow());
    }

    /** A process that something of ours started and left behind. */
    void adopt(long pid) {
        ProcessHandle.of(pid).ifPresent(ours::add);
    }

    static ProcessIdentity identity(long pid) {
        StatLine stat = ProcReader.statOnly(ProcfsProcesses.PROC).stat(pid).orElseThrow();
        return new ProcessIdentity(pid, stat.startTicks(), new ProcfsProcesses().bootId());
    }

    @Override
    public void close() {
        ours.forEach(ProcessHandle::destroyForcibly);
    }

    record Spoken(Process process, String line) {
        long pid() {
            return process.pid();
        }

        long number() {
            return Long.parseLong(line);
        }
    }
}
