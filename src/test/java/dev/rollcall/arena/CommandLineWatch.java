package dev.rollcall.arena;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads every command line on the machine, again and again, and keeps those in which a secret stands. */
public final class CommandLineWatch implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final List<String> secrets;
    private final Thread thread;

    public CommandLineWatch(String... secrets) {
        this.secrets = List.of(secrets);
        thread = new Thread(this::watch, "command-line-watch");
        thread.start();
    }

    private void watch() {
        while (open.get()) {
            Proc.pids()
                    .mapToObj(Proc::commandLine)
                    .filter(line -> secrets.stream().anyMatch(line::contains))
                    .forEach(seen::add);
        }
    }

    public Set<String> seen() {
        return seen;
    }

    @Override
    public void close() throws InterruptedException {
        open.set(false);
        thread.join();
    }
}
