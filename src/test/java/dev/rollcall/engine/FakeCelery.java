package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Task;
import dev.rollcall.port.Celery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Nodes that answer as long as they live, or do not. */
final class FakeCelery implements Celery {
    private final Machine machine;
    private final FakeSupervisor supervisor;
    final Map<Long, List<Task>> tasks = new ConcurrentHashMap<>();
    final Set<Long> silent = new HashSet<>();
    /** Mains below a wrapper, which are no process of a program themselves. */
    final Set<Long> more = new HashSet<>();

    boolean silentAfter;
    String means = "redis";

    FakeCelery(Machine machine, FakeSupervisor supervisor) {
        this.machine = machine;
        this.supervisor = supervisor;
    }

    @Override
    public Line open(List<ProcessEntry> mains, Settings settings, Duration limit) {
        return new Radio();
    }

    private final class Radio implements Line {
        @Override
        public String means() {
            return means;
        }

        @Override
        public List<Finding> findings() {
            return List.of();
        }

        /** The wait ends early only if everybody expected has answered. */
        @Override
        public List<Reply> ask(Set<Long> expected, Duration limit) {
            List<Reply> replies = new ArrayList<>();
            Set<Long> heard = new HashSet<>();
            List<Long> mains = new ArrayList<>(supervisor.mains());
            more.stream().filter(machine::runs).forEach(mains::add);
            for (long main : mains) {
                boolean mute = silent.contains(main) || silentAfter && supervisor.pid > Machine.FIRST_PID;
                if (!mute && !means.equals("none")) {
                    heard.add(main);
                    List<Long> pool = machine.table().children(main).stream()
                            .map(ProcessEntry::pid)
                            .toList();
                    String name = "celery@h" + main;
                    replies.add(new Reply.Stats(name, main, "prefork", pool));
                    replies.add(new Reply.Active(name, tasks.getOrDefault(main, List.of())));
                }
            }
            machine.pause(heard.containsAll(expected) && !expected.isEmpty() ? Duration.ofMillis(2) : limit);
            return replies;
        }

        @Override
        public List<Reply> askBriefly(Set<Long> expected, Duration limit) {
            return means.equals("exec") ? List.of() : ask(expected, limit);
        }

        @Override
        public void close() {}
    }
}
