package dev.rollcall.linux;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.port.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this host as procfs tells them; every answer is read anew, nothing is remembered but the boot. */
public final class ProcfsProcesses implements Processes {
    static final Path PROC = Path.of("/proc");

    private final Path proc;
    private final String bootId;
    private final Children children;
    private final Signaller signaller;

    public ProcfsProcesses() {
        this(PROC, KillProgram.find());
    }

    ProcfsProcesses(Path proc, KillProgram kill) {
        this.proc = proc;
        this.bootId = line("sys/kernel/random/boot_id");
        this.children = new Children(proc);
        this.signaller = new Signaller(proc, bootId, kill);
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public String host() {
        return line("sys/kernel/hostname");
    }

    @Override
    public ProcessTable snapshot() {
        ProcReader reader = ProcReader.whole(proc);
        return new ProcessTable(bootId, reader.namespaces("self"), entries(reader, Pids.under(proc)));
    }

    @Override
    public List<ProcessEntry> children(ProcessIdentity parent) {
        if (!alive(parent)) {
            return List.of();
        }
        List<ProcessEntry> found = entries(ProcReader.whole(proc), children.of(parent.pid()));
        found.removeIf(entry -> entry.ended() || entry.ppid() != parent.pid());
        // the parent may have gone meanwhile, and its pid and children may be another's
        return alive(parent) ? List.copyOf(found) : List.of();
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        return entries(ProcReader.whole(proc), pid).stream()
                .filter(entry -> !entry.ended())
                .findFirst();
    }

    @Override
    public boolean alive(ProcessIdentity identity) {
        return signaller.look(identity) == Signaller.Sight.ALIVE;
    }

    @Override
    public boolean writesTo(long pid, long reader) {
        return new Pipes(proc).join(pid, reader);
    }

    @Override
    public boolean isOfThisPlace(long pid, Path file) {
        return new Place(proc).isOurs(pid, file);
    }

    @Override
    public boolean sharesMounts(long pid, long other) {
        return new Mounts(proc).areShared(pid, other);
    }

    @Override
    public boolean isSurelyOfThisPlace(long pid, List<Path> paths) {
        return new Place(proc).isSurelyOurs(pid, paths);
    }

    @Override
    public boolean showsEnvironment(long pid) {
        return ProcReader.statOnly(proc).hasEnvironment(pid);
    }

    @Override
    public boolean scriptMentions(ProcessEntry process, String... words) {
        return new Script(proc, process).mentions(words);
    }

    @Override
    public Delivery signal(ProcessIdentity target, Signal signal) {
        return signaller.signal(target, signal);
    }

    private static List<ProcessEntry> entries(ProcReader reader, long... pids) {
        List<ProcessEntry> entries = new ArrayList<>(pids.length);
        for (long pid : pids) {
            Optional<StatLine> stat = reader.stat(pid);
            if (stat.isPresent()) {
                entries.add(entry(reader, stat.get()));
            }
        }
        return entries;
    }

    /** Start ticks first: should the pid pass to another while we read on, the identity names one that is gone. */
    private static ProcessEntry entry(ProcReader reader, StatLine stat) {
        return stat.ended() || stat.kernelThread() ? bare(stat) : full(reader, stat);
    }

    /** Kernel threads and zombies have neither words nor environment; asking for them would cost most of a snapshot. */
    private static ProcessEntry bare(StatLine stat) {
        return new ProcessEntry(
                stat.pid(),
                stat.startTicks(),
                stat.ppid(),
                stat.pgid(),
                stat.sid(),
                stat.state(),
                0,
                "",
                List.of(),
                Map.of());
    }

    private static ProcessEntry full(ProcReader reader, StatLine stat) {
        return new ProcessEntry(
                stat.pid(),
                stat.startTicks(),
                stat.ppid(),
                stat.pgid(),
                stat.sid(),
                stat.state(),
                reader.uid(stat.pid()),
                reader.exe(stat.pid()),
                reader.argv(stat.pid()),
                reader.marks(stat.pid()));
    }

    private String line(String name) {
        try {
            return Files.readString(proc.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tried to read " + proc.resolve(name) + " but it is not there; mount procfs", e);
        }
    }
}
