package dev.rollcall.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Finds the children of a process: by the kernel's own list where it is built with one, else by everybody's parent. */
final class Children {
    private static final int MOST_READINGS = 10;

    private final Path proc;

    Children(Path proc) {
        this.proc = proc;
    }

    /** Pids that were its children a moment ago; the caller looks at each again. */
    long[] of(long parent) {
        return kernelHasList() ? listed(parent) : scanned(parent);
    }

    private boolean kernelHasList() {
        return Files.exists(proc.resolve("self/task/" + ProcessHandle.current().pid() + "/children"));
    }

    /** proc(5): the list may skip a child while another one ends. So it is read until two readings agree; all count. */
    private long[] listed(long parent) {
        Set<Long> all = new TreeSet<>();
        Set<Long> before = Set.of(-1L);
        for (int i = 0; i < MOST_READINGS; i++) {
            Set<Long> now = reading(parent);
            all.addAll(now);
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    /** Each thread has its own: a child belongs to the thread that forked it. */
    private Set<Long> reading(long parent) {
        Set<Long> pids = new TreeSet<>();
        Path tasks = proc.resolve(parent + "/task");
        for (long thread : Pids.ifAny(tasks).orElse(new long[0])) {
            for (String pid : childrenOf(tasks.resolve(thread + "/children")).split(" ")) {
                if (!pid.isBlank()) {
                    pids.add(Long.parseLong(pid.strip()));
                }
            }
        }
        return pids;
    }

    private static String childrenOf(Path list) {
        try {
            return Files.readString(list);
        } catch (IOException gone) {
            // the thread ended: its children are another thread's by now, which is read too
            return "";
        }
    }

    private long[] scanned(long parent) {
        ProcReader reader = ProcReader.statOnly(proc);
        return Arrays.stream(Pids.under(proc))
                .filter(pid ->
                        reader.stat(pid).filter(stat -> stat.ppid() == parent).isPresent())
                .sorted()
                .toArray();
    }
}
