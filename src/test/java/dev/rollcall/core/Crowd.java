package dev.rollcall.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A host full of Celery processes, five times as many others, and what the nodes answer. */
public record Crowd(ProcessTable table, List<Program> programs, List<Reply> replies) {
    private static final int POOL = 49;

    /** What the host is full of; each has been slow in its own way. */
    public enum Kind {
        /** Programs with a main process and 49 pool processes, services beside them. */
        PROGRAMS,
        /** Programs with an entry point of their own, which only their answers make nodes. */
        ENTRY_POINTS,
        /** A main process and one pool process a program, as numprocs makes them. */
        NUMPROCS,
        /** The same, each below an init that passes its stop signal to the group of its child. */
        INITS,
        /** Nodes of an earlier life, with a main process of their own or with nothing but a clone. */
        ORPHANS,
        /** The same below a shell that is gone. */
        LOST_WRAPPERS,
        /** Others are below the workers, each the child of the one before. */
        DEEP,
        /** Others were detached by tasks and have only marks. */
        DETACHED,
        /** Others are workers of containers, with the same marks and other namespaces. */
        CONTAINERS
    }

    /** @param celery how many Celery processes */
    public static Crowd of(Kind kind, int celery) {
        return new Making(kind).make(celery);
    }

    /** Everything that a plan takes, from the table on. */
    public Plan plan() {
        Premises premises = premises();
        List<Node> nodes = new Roster(premises, "h", replies, process -> true).nodes(premises.mains());
        List<Bystander> bystanders = new Bystanders(premises, nodes).list();
        Roll roll = Rolls.roll("redis", nodes, bystanders);
        premises.unsure();
        premises.others();
        new EntryPoints(premises).parents();
        return Planner.plan(roll, programs, Exposure.of(premises, bystanders), Options.DEFAULTS);
    }

    public Premises premises() {
        return new Premises(
                table, Host.SUPERVISORD, new Premises.Supervision(Host.URL, programs), Set.<ProcessIdentity>of());
    }

    private static final class Making {
        private final Kind kind;
        private final List<ProcessEntry> rows = new ArrayList<>();
        private final List<Program> programs = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private long last = 1000;

        private Making(Kind kind) {
            this.kind = kind;
        }

        private Crowd make(int celery) {
            rows.add(Host.row(1, 0).leads().argv("/sbin/init").entry());
            rows.add(Host.row(Host.SUPERVISORD, 1)
                    .leads()
                    .argv("/usr/bin/python3", "/usr/bin/supervisord")
                    .entry());
            int pool = kind == Kind.NUMPROCS || kind == Kind.INITS ? 1 : POOL;
            int nodes = celery / (pool + 1);
            for (int i = 0; i < nodes; i++) {
                node(i, pool);
            }
            for (int i = 0; i < 5 * celery; i++) {
                other(i, programs.get(i % nodes));
            }
            return new Crowd(new ProcessTable(Host.BOOT, rows), List.copyOf(programs), List.copyOf(replies));
        }

        private void node(int number, int pool) {
            String name = "w" + number;
            boolean orphaned = kind == Kind.ORPHANS || kind == Kind.LOST_WRAPPERS;
            String[] words = kind == Kind.ENTRY_POINTS
                    ? new String[] {"python", "own" + number + ".py"}
                    : new String[] {"/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "worker", "-n", name + "@h"};
            String command = kind == Kind.ENTRY_POINTS ? "python own.py" : "celery -A shop worker -n " + name + "@h";
            String wrapped =
                    switch (kind) {
                        case LOST_WRAPPERS -> "sh -c '" + command + "; true'";
                        case INITS -> "dumb-init " + command;
                        default -> command;
                    };
            long root = kind == Kind.INITS ? init(command) : Host.SUPERVISORD;
            long main = ++last;
            long started = root == Host.SUPERVISORD ? main : root;
            Program program = Host.program(name, name, orphaned ? 0 : started, wrapped);
            programs.add(program);
            long group = kind == Kind.LOST_WRAPPERS ? 7_000_000 + main : main;
            boolean clones = kind == Kind.ORPHANS && number % 2 == 0;
            if (!clones) {
                rows.add(process(main, orphaned ? 1 : root, group, words)
                        .of(program)
                        .entry());
            }
            List<Long> children = new ArrayList<>();
            List<Task> tasks = new ArrayList<>();
            for (int i = clones ? -1 : 0; i < pool; i++) {
                rows.add(process(++last, clones ? 1 : main, group, words)
                        .of(program)
                        .entry());
                children.add(last);
                tasks.add(Rolls.task("t" + last, last));
            }
            replies.add(new Reply.Stats(name + "@h", main, "prefork", children));
            replies.add(new Reply.Active(name + "@h", tasks));
        }

        private long init(String command) {
            rows.add(process(++last, Host.SUPERVISORD, last, ("dumb-init " + command).split(" "))
                    .entry());
            return last;
        }

        private static Host.Row process(long pid, long parent, long group, String... words) {
            return Host.row(pid, parent).group(group).argv(words);
        }

        private void other(int number, Program program) {
            Host.Row row = Host.row(++last, kind == Kind.DEEP ? parent(number, program) : 1)
                    .leads()
                    .argv("sleep", "600");
            rows.add(
                    switch (kind) {
                        case DEEP -> row.group(program.pid())
                                .session(Host.SUPERVISORD)
                                .entry();
                        case DETACHED -> row.of(program).entry();
                        case CONTAINERS -> elsewhere(process(last, 1, 3, "celery", "worker")
                                .of(program)
                                .entry());
                        default -> row.entry();
                    });
        }

        /** One chain of five thousand at most, as deep as a host may have. */
        private long parent(int number, Program program) {
            return number % 5000 == 0 ? program.pid() : last - 1;
        }

        private static ProcessEntry elsewhere(ProcessEntry e) {
            Map<String, String> marks = new HashMap<>(e.marks());
            marks.put(ProcessEntry.NAMESPACES, "pid:[7] mnt:[8]");
            return new ProcessEntry(e.pid(), e.startTicks(), 1, e.pgid(), e.sid(), 'S', 0, e.exe(), e.argv(), marks);
        }
    }
}
