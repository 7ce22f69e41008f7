package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Node;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A disk in memory, which may break. */
final class FakeJournal implements Journal {
    private final Path folder;
    final Map<String, List<Entry>> disk = new LinkedHashMap<>();
    final List<List<Long>> pids = new ArrayList<>();
    private final Map<String, List<String>> paths = new HashMap<>();
    Optional<Holder> held = Optional.empty();
    boolean released;
    int pruned;
    /** Why there is no place for the plain pids. */
    Optional<String> pidTrouble = Optional.empty();

    /** Asked before each event is written; it stays broken. */
    Predicate<Event> breaksAt = event -> false;

    /** Called before each event is written, and after. */
    Consumer<Event> before = event -> {};

    Consumer<Event> after = event -> {};

    /** Runs whose journals cannot be opened. */
    final Set<String> unreadable = new HashSet<>();

    /** There is no place for supervisord's words. */
    boolean mute;

    private boolean broken;
    /** The run that was written to last, which is the one that acts. */
    private String acting = "";

    FakeJournal(Path folder) {
        this.folder = folder;
    }

    @Override
    public Lock lock(Path conf, Holder me) {
        return held.<Lock>map(Lock.Refused::new).orElseGet(() -> new Lock.Taken(() -> released = true));
    }

    @Override
    public Optional<Holder> holder(Path conf) {
        return held;
    }

    @Override
    public RunLog begin(String runId, List<String> confs, List<String> tokens) {
        if (disk.containsKey(runId)) {
            throw new JournalException("tried to begin run " + runId + " but its journal is there; ask again");
        }
        paths.put(runId, confs);
        return log(runId);
    }

    @Override
    public Reopened reopen(String runId) {
        return new Reopened(log(runId), read(runId).orElseThrow());
    }

    private RunLog log(String runId) {
        List<Entry> lines = disk.computeIfAbsent(runId, id -> new CopyOnWriteArrayList<>());
        return new RunLog() {
            @Override
            public synchronized void append(Instant at, Event event) {
                broken |= breaksAt.test(event);
                if (broken) {
                    throw new JournalException("tried to write the journal but the disk is full; make room");
                }
                before.accept(event);
                acting = runId;
                lines.add(new Entry(lines.size() + 1L, at, runId, event));
                after.accept(event);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<String> runsOf(List<String> confs) {
        return lastBegunFirst()
                .filter(id ->
                        requested(id).filter(r -> confs.contains(r.conf())).isPresent())
                .toList();
    }

    @Override
    public List<String> runsBy(String link) {
        return lastBegunFirst()
                .filter(id -> paths.getOrDefault(id, List.of()).stream().skip(1).anyMatch(link::equals))
                .toList();
    }

    @Override
    public List<String> runsWith(List<String> confs, String token) {
        return runsOf(confs).stream()
                .filter(id ->
                        requested(id).filter(r -> r.tokens().contains(token)).isPresent())
                .toList();
    }

    private Stream<String> lastBegunFirst() {
        List<String> begun = new ArrayList<>(disk.keySet());
        Collections.reverse(begun);
        return begun.stream();
    }

    private Optional<Event.Requested> requested(String runId) {
        return disk.get(runId).stream()
                .map(Entry::event)
                .filter(Event.Requested.class::isInstance)
                .map(Event.Requested.class::cast)
                .findFirst();
    }

    List<Entry> latest() {
        return runs().isEmpty() ? List.of() : disk.get(runs().get(0));
    }

    boolean isSpared(ProcessIdentity identity) {
        return disk.getOrDefault(acting, List.of()).stream()
                .anyMatch(entry -> entry.event() instanceof Event.WasSpared spared
                        && spared.spared().pid() == identity.pid()
                        && spared.startTicks() == identity.startTicks());
    }

    boolean onDisk(ProcessIdentity identity) {
        List<ProcessIdentity> all = new ArrayList<>();
        for (Entry entry : disk.getOrDefault(acting, List.of())) {
            if (entry.event() instanceof Event.RollTaken taken) {
                Optional.ofNullable(taken.roll().supervisord())
                        .map(s -> s.identity(Machine.BOOT))
                        .ifPresent(all::add);
                all.addAll(identities(taken.roll().nodes()));
            }
            if (entry.event() instanceof Event.RollExtended more) {
                all.addAll(identities(more.nodes()));
            }
        }
        return all.contains(identity);
    }

    private static List<ProcessIdentity> identities(List<Node> nodes) {
        List<ProcessIdentity> found = new ArrayList<>();
        for (Node node : nodes) {
            found.add(new ProcessIdentity(node.pid(), node.startTicks(), Machine.BOOT));
            node.processes().forEach(p -> found.add(new ProcessIdentity(p.pid(), p.startTicks(), Machine.BOOT)));
        }
        return found;
    }

    Optional<Roll> roll() {
        return latest().stream()
                .filter(e -> e.event() instanceof Event.RollTaken)
                .map(e -> ((Event.RollTaken) e.event()).roll())
                .findFirst();
    }

    @Override
    public List<String> runs() {
        List<String> ids = new ArrayList<>(disk.keySet());
        ids.sort(Comparator.comparing(id -> -disk.get(id).stream()
                .findFirst()
                .map(e -> e.at().toEpochMilli())
                .orElse(0L)));
        return ids;
    }

    @Override
    public Optional<List<Entry>> read(String runId) {
        if (unreadable.contains(runId)) {
            throw new JournalException("tried to read " + path(runId) + " but that is not permitted");
        }
        return Optional.ofNullable(disk.get(runId)).map(List::copyOf);
    }

    @Override
    public Optional<Glance> glance(String runId) {
        return read(runId).map(all -> new Glance(all, false, true, false));
    }

    @Override
    public void prune(Instant now) {
        pruned++;
    }

    @Override
    public Path path(String runId) {
        return folder.resolve(runId + ".jsonl");
    }

    @Override
    public Path writePids(Optional<Path> to, String target, List<Long> all) {
        if (pidTrouble.isPresent()) {
            throw new JournalException(pidTrouble.get());
        }
        pids.add(all);
        return to.orElse(folder.resolve(target + ".txt"));
    }

    @Override
    public Path errors(String target) {
        if (mute) {
            throw new JournalException("tried to create " + folder + "/start but Read-only file system; mount it anew");
        }
        return folder.resolve(target + ".err");
    }
}
