package dev.rollcall.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What hangs below the process that supervisord has started for a program. Where the command has an init (tini -s), that adopts what a
 * task has detached, which then stands beside the main process and may look just like it.
 */
final class ProgramTree {
    private static final Comparator<ProcessEntry> BY_AGE =
            Comparator.comparingLong(ProcessEntry::startTicks).thenComparingLong(ProcessEntry::pid);

    private final ProcessTable table;
    private final ProcessEntry root;
    private final Predicate<ProcessEntry> spared;
    private final Map<Long, Optional<ProcessEntry>> first = new HashMap<>();
    private final List<ProcessEntry> mains = new ArrayList<>();
    private final List<ProcessEntry> adopted = new ArrayList<>();

    /** @param spared once, and so always */
    ProgramTree(ProcessTable table, ProcessEntry root, Predicate<ProcessEntry> spared) {
        this.table = table;
        this.root = root;
        this.spared = spared;
        findTopmost();
        List<ProcessEntry> detached = mains.stream().filter(this::isDetached).toList();
        mains.removeAll(detached);
        adopted.addAll(detached);
    }

    /** The topmost that execute Celery. */
    List<ProcessEntry> mains() {
        return mains;
    }

    /** The topmost of what the command has not started. */
    List<ProcessEntry> adopted() {
        return adopted;
    }

    /** Not by recursion: a tree may be deeper than a stack. */
    private void findTopmost() {
        Deque<ProcessEntry> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            ProcessEntry process = open.pop();
            if (!process.equals(root) && (spared.test(process) && !isFirst(process) || isAdopted(process))) {
                adopted.add(process);
            } else if (CeleryCommand.isCelery(process.argv())) {
                mains.add(process);
            } else {
                List<ProcessEntry> children = table.children(process.pid());
                for (int last = children.size() - 1; last >= 0; last--) {
                    open.push(children.get(last));
                }
            }
        }
    }

    /** An init of one command was given whatever came after that; what came before, a script had that has become the init. */
    private boolean isAdopted(ProcessEntry process) {
        return table.parent(process).filter(Reaper::isOfOneCommand).isPresent()
                && first(process.ppid())
                        .filter(own -> BY_AGE.compare(own, process) < 0)
                        .isPresent();
    }

    /** What was adopted is younger than what the wrapper has started. */
    private boolean isFirst(ProcessEntry process) {
        return first(process.ppid()).filter(process::equals).isPresent();
    }

    /** Looked for once a wrapper: an init may have adopted thousands. */
    private Optional<ProcessEntry> first(long wrapper) {
        return first.computeIfAbsent(
                wrapper,
                pid -> table.children(pid).stream().filter(this::leadsToCelery).min(BY_AGE));
    }

    private boolean leadsToCelery(ProcessEntry child) {
        return Stream.concat(Stream.of(child), table.descendants(child.pid()).stream())
                .anyMatch(process -> CeleryCommand.isCelery(process.argv()));
    }

    /** In the group of another main process it would be a child of that; alike, but with a session of its own, it is none of this program. */
    private boolean isDetached(ProcessEntry process) {
        return mains.stream()
                .filter(main -> !main.equals(process))
                .anyMatch(main -> main.pid() == process.pgid()
                        || main.sid() == root.sid()
                                && process.sid() != root.sid()
                                && CeleryCommand.alike(main, process));
    }
}
