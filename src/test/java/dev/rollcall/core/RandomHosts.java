package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Hosts of which every row is random: parents, groups, sessions, command lines, marks, replies. Whole structures are shrunk badly and
 * made fast, from one number each.
 *
 * @param supervisord its pid, or 0 if it does not run
 */
record RandomHosts(Premises premises, long supervisord, List<Reply> replies) {
    private static final List<String[]> COMMANDS = List.of(
            new String[] {"/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "worker"},
            new String[] {"celery", "-A", "shop", "beat"},
            new String[] {"sh", "run.sh"},
            new String[] {"[celeryd: w@h:MainProcess] (-A shop worker)"},
            new String[] {"[celeryd: w@h:ForkPoolWorker-1]"},
            new String[] {"python", "own.py"});
    private static final List<Program> PROGRAMS = List.of(
            Host.program("worker", "worker", 110, "celery -A shop worker"),
            Host.program("own", "g", 120, "python own.py"),
            Host.program("down", "down", 0, "sh run.sh"));

    static Arbitrary<RandomHosts> any() {
        return Arbitraries.randomValue(RandomHosts::make);
    }

    private static RandomHosts make(Random random) {
        Host host = new Host();
        List<Long> pids = new ArrayList<>(List.of(1L, Host.SUPERVISORD));
        for (long pid = 110; pid < 200; pid += 10) {
            host.add(any(pid, pids, random));
            pids.add(pid);
        }
        long supervisord = random.nextInt(4) == 0 ? 0 : Host.SUPERVISORD;
        Premises premises = host.premises(supervisord, Set.of(), PROGRAMS.toArray(Program[]::new));
        return new RandomHosts(premises, supervisord, replies(pids, random));
    }

    private static Host.Row any(long pid, List<Long> pids, Random random) {
        Host.Row row = Host.row(pid, isProgram(pid) ? Host.SUPERVISORD : pids.get(random.nextInt(pids.size())))
                .argv(COMMANDS.get(random.nextInt(COMMANDS.size())))
                .group(random.nextBoolean() ? pid : pids.get(random.nextInt(pids.size())))
                .session(random.nextInt(3) == 0 ? pid : 55);
        int mark = random.nextInt(5);
        return mark < 3 ? row.of(PROGRAMS.get(mark)) : mark == 3 ? row : row.marks("http://x", "worker", "worker");
    }

    private static boolean isProgram(long pid) {
        return PROGRAMS.stream().anyMatch(p -> p.pid() == pid);
    }

    private static List<Reply> replies(List<Long> pids, Random random) {
        List<Reply> replies = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            long pid = pids.get(random.nextInt(pids.size()));
            long child = pids.get(random.nextInt(pids.size()));
            String node = random.nextBoolean() ? "celery@h" : "other@host";
            replies.add(new Reply.Stats(node, pid, random.nextBoolean() ? "prefork" : null, List.of(child)));
            replies.add(new Reply.Active(node, List.of(Rolls.task("t" + i, child))));
            replies.add(new Reply.Failed(node, "stats", "broken"));
        }
        return replies;
    }
}
