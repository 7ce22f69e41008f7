package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.port.Processes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * When supervisord began to stop a group. It does not say so while it goes, but it stops one group after the other: by falling priority, and
 * of equal ones by falling name.
 */
final class StopOrder {
    private final List<Group> groups = new ArrayList<>();

    private static final class Group {
        private final String name;
        private final int priority;
        private final List<ProcessIdentity> processes;
        private long seen;
        private boolean gone;

        Group(String name, int priority, List<ProcessIdentity> processes, long now) {
            this.name = name;
            this.priority = priority;
            this.processes = processes;
            this.seen = now;
        }

        boolean stopsBefore(Program other) {
            return priority == other.groupPriority()
                    ? name.compareTo(other.group()) > 0
                    : priority > other.groupPriority();
        }
    }

    /** @param supervisord pid, or 0 if it does not run */
    StopOrder(Collection<Program> programs, ProcessTable table, long supervisord, long now) {
        Map<String, List<Program>> byGroup = new TreeMap<>();
        programs.forEach(p ->
                byGroup.computeIfAbsent(p.group(), name -> new ArrayList<>()).add(p));
        byGroup.forEach((name, members) -> {
            List<ProcessIdentity> processes = members.stream()
                    .flatMap(p -> table.get(p.pid()).stream())
                    .filter(e -> supervisord > 0 && e.ppid() == supervisord)
                    .map(e -> e.identity(table.bootId()))
                    .toList();
            if (!processes.isEmpty()) {
                groups.add(new Group(name, members.get(0).groupPriority(), processes, now));
            }
        });
    }

    void look(Processes processes, long now) {
        for (Group group : groups) {
            group.gone = group.gone || group.processes.stream().noneMatch(processes::alive);
            if (!group.gone) {
                group.seen = now;
            }
        }
    }

    /**
     * The last moment at which the stop of this program's group had not begun yet, for a group that goes before it was still there.
     *
     * @param gone when a process of the program was gone: whoever was seen after that does not go before it, whatever the files say
     */
    OptionalLong notYetAt(Program program, long gone) {
        return groups.stream()
                .filter(group -> group.gone && group.stopsBefore(program) && group.seen < gone)
                .mapToLong(group -> group.seen)
                .max();
    }
}
