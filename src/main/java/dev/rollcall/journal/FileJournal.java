package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Retention;
import dev.rollcall.disk.Disk;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The journal as files below a state folder that only its owner may enter. */
public final class FileJournal implements Journal {
    private final StateFolder state;
    private final RunFiles files;
    private final RunIndex index;
    private final Retention retention;
    private final KernelLock locks;

    /** @param root made when something is written, not before */
    public FileJournal(Path root, Retention retention) {
        this(root, retention, HostFolder.usual());
    }

    FileJournal(Path root, Retention retention, HostFolder host) {
        this(root, retention, host, HostId.ours());
    }

    /** @param hostId whose runs and locks are ours, of all in the folder */
    FileJournal(Path root, Retention retention, HostFolder host, String hostId) {
        this.state = new StateFolder(root);
        this.files = new RunFiles(state);
        this.index = new RunIndex(state, files, hostId);
        this.retention = retention;
        this.locks = new KernelLock(state, host, hostId);
    }

    @Override
    public Lock lock(Path conf, Holder me) {
        return locks.take(conf, me);
    }

    @Override
    public Optional<Holder> holder(Path conf) {
        return locks.holder(conf);
    }

    /** The index comes first: a journal that it does not name would not be found again. */
    @Override
    public RunLog begin(String runId, List<String> confs, List<String> tokens) {
        Path file = state.file(RunFiles.FOLDER, runId + ".jsonl");
        index.add(runId, confs, tokens);
        return FileLog.begin(file, runId);
    }

    @Override
    public Reopened reopen(String runId) {
        RunLog log = FileLog.reopen(path(runId), runId, Instant.now());
        return new Reopened(log, read(runId).orElse(List.of()));
    }

    @Override
    public List<String> runs() {
        return files.ids();
    }

    @Override
    public List<String> runsOf(List<String> confs) {
        return index.of(confs);
    }

    @Override
    public List<String> runsBy(String link) {
        return index.byLink(link);
    }

    @Override
    public List<String> runsWith(List<String> confs, String token) {
        return index.with(confs, token);
    }

    @Override
    public Optional<List<Entry>> read(String runId) {
        return files.read(runId);
    }

    @Override
    public Optional<Glance> glance(String runId) {
        return files.glance(runId);
    }

    @Override
    public void prune(Instant now) {
        new Housekeeping(files, index, retention, this::holder).tidy(now);
    }

    @Override
    public Path path(String runId) {
        return files.path(runId);
    }

    @Override
    public Path writePids(Optional<Path> to, String target, List<Long> pids) {
        String words = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        String text = words.isEmpty() ? "" : words + "\n";
        if (to.isPresent()) {
            StateFolder.replace(to.get(), text, "name another file with --pidfile");
            return to.get();
        }
        Path file = state.file("pids", target + ".txt");
        state.replace(file, text);
        return file;
    }

    @Override
    public Path errors(String target) {
        Path file = state.file("start", target + ".err");
        Set<StandardOpenOption> asItIs = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel opened = FileChannel.open(file, asItIs, Disk.OWNER_FILE)) {
            return file;
        } catch (IOException e) {
            throw StateFolder.failed("write", file, e);
        }
    }
}
