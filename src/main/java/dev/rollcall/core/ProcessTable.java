package dev.rollcall.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All living processes of a host at one moment; zombies are left out. */
public final class ProcessTable {
    private final String bootId;
    private final String namespaces;
    private final Map<Long, ProcessEntry> byPid = new LinkedHashMap<>();
    private final Map<Long, List<ProcessEntry>> byParent = new HashMap<>();
    private final Map<Long, List<ProcessEntry>> byGroup = new HashMap<>();
    /** Parents before children; of processes that are each other's parents, which a table read row by row may show, one has none. */
    private final Map<Long, Optional<ProcessEntry>> parents = new LinkedHashMap<>();

    public ProcessTable(String bootId, Collection<ProcessEntry> entries) {
        this(bootId, "", entries);
    }

    /** @param namespaces of Rollcall itself, written as in {@link ProcessEntry#NAMESPACES} */
    public ProcessTable(String bootId, String namespaces, Collection<ProcessEntry> entries) {
        this.bootId = bootId;
        this.namespaces = namespaces;
        for (ProcessEntry entry : entries) {
            if (!entry.ended()) {
                byPid.put(entry.pid(), entry);
                byParent.computeIfAbsent(entry.ppid(), p -> new ArrayList<>()).add(entry);
                byGroup.computeIfAbsent(entry.pgid(), g -> new ArrayList<>()).add(entry);
            }
        }
        byPid.values().stream().filter(e -> !byPid.containsKey(e.ppid())).forEach(this::line);
        byPid.values().forEach(this::line);
    }

    private void line(ProcessEntry root) {
        if (parents.putIfAbsent(root.pid(), Optional.empty()) == null) {
            ArrayDeque<ProcessEntry> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                ProcessEntry parent = open.poll();
                for (ProcessEntry child : children(parent.pid())) {
                    if (parents.putIfAbsent(child.pid(), Optional.of(parent)) == null) {
                        open.add(child);
                    }
                }
            }
        }
    }

    public String bootId() {
        return bootId;
    }

    public String namespaces() {
        return namespaces;
    }

    public Collection<ProcessEntry> all() {
        return byPid.values();
    }

    public Optional<ProcessEntry> get(long pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    /** Nothing above the topmost; whoever goes up by this comes to an end. */
    public Optional<ProcessEntry> parent(ProcessEntry process) {
        return parents.getOrDefault(process.pid(), Optional.empty());
    }

    /** Everything above a process, the nearest first, without the process itself. */
    public Stream<ProcessEntry> ancestors(ProcessEntry process) {
        return lineage(process).skip(1);
    }

    /** A process, then everything above it, the nearest first. */
    Stream<ProcessEntry> lineage(ProcessEntry process) {
        return Stream.iterate(Optional.of(process), Optional::isPresent, at -> at.flatMap(this::parent))
                .map(Optional::get);
    }

    /** The processes of a process group. */
    List<ProcessEntry> group(long pgid) {
        return byGroup.getOrDefault(pgid, List.of());
    }

    /** For every process what {@code own} says of it, or else what is true of its parent; a deep tree costs no more than a flat one. */
    <T> Map<Long, T> inherited(Function<ProcessEntry, Optional<T>> own) {
        Map<Long, T> found = new HashMap<>();
        parents.forEach((pid, parent) -> own.apply(byPid.get(pid))
                .or(() -> parent.map(p -> found.get(p.pid())))
                .ifPresent(value -> found.put(pid, value)));
        return found;
    }

    public List<ProcessEntry> children(long pid) {
        return byParent.getOrDefault(pid, List.of());
    }

    /** Everything below a process, parents before children, without the process itself. */
    public List<ProcessEntry> descendants(long pid) {
        List<ProcessEntry> found = new ArrayList<>();
        ArrayDeque<Long> open = new ArrayDeque<>(List.of(pid));
        while (!open.isEmpty()) {
            for (ProcessEntry child : children(open.poll())) {
                // pid 0 is its own parent in some tables
                if (child.pid() != pid && child.pid() != child.ppid()) {
                    found.add(child);
                    open.add(child.pid());
                }
            }
        }
        return found;
    }

    /** Whether exactly this process is alive. */
    public boolean holds(ProcessIdentity identity) {
        return identity.bootId().equals(bootId)
                && get(identity.pid())
                        .filter(e -> e.startTicks() == identity.startTicks())
                        .isPresent();
    }
}
