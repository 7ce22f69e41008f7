package dev.rollcall.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All living processes of a host at one moment; zombies are left out. */
public final class ProcessTable {
    private final String bootId;
    private final String namespaces;
    private final Map<Long, ProcessEntry> byPid = new LinkedHashMap<>();
    private final Map<Long, List<ProcessEntry>> byParent = new HashMap<>();

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
