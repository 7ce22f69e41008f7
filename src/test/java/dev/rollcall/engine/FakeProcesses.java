package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.port.Processes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The machine's processes; what it is told to do to them is written down, and whether it was on disk before. */
final class FakeProcesses implements Processes {
    private final Machine machine;
    private final FakeJournal journal;
    private final List<String> deeds;
    final Set<Long> denied = new HashSet<>();
    final Set<Long> undying = new HashSet<>();
    /** Of a container. */
    final Set<Long> elsewhere = new HashSet<>();

    /** Those whose environment may be read, whatever is in it. */
    final Set<Long> open = new HashSet<>();

    final Set<Long> piped = new HashSet<>();
    final Set<ProcessIdentity> signalled = new HashSet<>();
    final Set<ProcessIdentity> notOnDisk = new HashSet<>();
    /** What stands in the script of a process. */
    final Map<Long, String> scripts = new HashMap<>();

    int snapshots;
    /** What it is in the middle of, it does first. */
    long msToStop;

    BiConsumer<Long, Signal> before = (pid, signal) -> {};

    FakeProcesses(Machine machine, FakeJournal journal, List<String> deeds) {
        this.machine = machine;
        this.journal = journal;
        this.deeds = deeds;
    }

    @Override
    public String bootId() {
        return machine.boot;
    }

    @Override
    public String host() {
        return Machine.HOST;
    }

    @Override
    public ProcessTable snapshot() {
        snapshots++;
        return machine.table();
    }

    @Override
    public List<ProcessEntry> children(ProcessIdentity parent) {
        return machine.alive(parent) ? machine.table().children(parent.pid()) : List.of();
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        return machine.find(pid);
    }

    @Override
    public boolean alive(ProcessIdentity identity) {
        return machine.alive(identity);
    }

    @Override
    public boolean isOfThisPlace(long pid, Path file) {
        return !elsewhere.contains(pid);
    }

    @Override
    public boolean showsEnvironment(long pid) {
        return open.contains(pid);
    }

    @Override
    public boolean sharesMounts(long pid, long other) {
        return elsewhere.contains(pid) == elsewhere.contains(other);
    }

    @Override
    public boolean isSurelyOfThisPlace(long pid, List<Path> paths) {
        return !elsewhere.contains(pid);
    }

    @Override
    public boolean scriptMentions(ProcessEntry process, String... words) {
        return Stream.of(words).anyMatch(scripts.getOrDefault(process.pid(), "")::contains);
    }

    @Override
    public boolean writesTo(long pid, long reader) {
        return piped.contains(pid);
    }

    @Override
    public Delivery signal(ProcessIdentity target, Signal signal) {
        signalled.add(target);
        if (!journal.onDisk(target) && !(signal == Signal.CONT && journal.isSpared(target))) {
            notOnDisk.add(target);
        }
        before.accept(target.pid(), signal);
        if (machine.find(target.pid()).isEmpty()) {
            return Delivery.GONE;
        }
        if (!machine.alive(target)) {
            return Delivery.NOT_THE_SAME;
        }
        if (denied.contains(target.pid())) {
            return Delivery.DENIED;
        }
        deeds.add(signal + " " + target.pid());
        if (signal == Signal.STOP) {
            stop(target.pid());
        }
        if (signal == Signal.KILL && !undying.contains(target.pid())) {
            machine.end(target.pid());
        }
        return Delivery.DELIVERED;
    }

    private void stop(long pid) {
        if (msToStop == 0) {
            machine.stop(pid);
        } else {
            machine.after(msToStop, () -> {
                deeds.add("stopped " + pid);
                machine.stop(pid);
            });
        }
    }
}
