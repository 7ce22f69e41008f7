package dev.rollcall.engine;

import dev.rollcall.core.Main;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Roster;
import dev.rollcall.port.Celery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hears which new main processes answer. The old line leads to their brokers as a rule; the new processes are asked for theirs else. */
final class Hearing implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(150);
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);
    private static final long LINE_MAY_BE_STALE_MS = 3000;

    private final World world;
    private final Going going;
    private final long supervisord;
    private final Map<String, Set<Long>> answered = new HashMap<>();
    private Celery.Line line;
    private long lineSince;

    Hearing(World world, Going going, long supervisord) {
        this.world = world;
        this.going = going;
        this.supervisord = supervisord;
        this.line = going.line();
        this.lineSince = going.run().clock().nanos();
    }

    /** How many nodes of a program have answered. */
    int answers(String program) {
        return answered.getOrDefault(program, Set.of()).size();
    }

    void hear(List<Program> now) {
        if (line.means().equals("none") || going.run().millisSince(lineSince) > LINE_MAY_BE_STALE_MS) {
            reopen(now);
        }
        for (Reply reply : line.ask(Set.of(), ANSWER_LIMIT)) {
            if (reply instanceof Reply.Stats stats && isOurs(stats)) {
                programAbove(stats.pid(), now).ifPresent(p -> answered.computeIfAbsent(p, name -> new HashSet<>())
                        .add(stats.pid()));
            }
        }
    }

    /** A broker that a new release has moved, or that nobody could be asked for while nothing ran. */
    private void reopen(List<Program> now) {
        Premises.Supervision supervision =
                new Premises.Supervision(going.site().server().url(), now);
        Premises premises = new Premises(world.processes().snapshot(), supervisord, supervision, Set.of());
        List<ProcessEntry> mains = premises.mains().stream()
                .filter(m -> m.takesTasks() && !m.orphan())
                .map(Main::process)
                .toList();
        if (!mains.isEmpty()) {
            close();
            line = world.celery().open(mains, going.run().request().celery(), OPEN_LIMIT);
            lineSince = going.run().clock().nanos();
        }
    }

    /** A new main process of this host; another host's node may have the same pid. */
    private boolean isOurs(Reply.Stats reply) {
        String bootId = world.processes().bootId();
        return world.processes()
                .find(reply.pid())
                .filter(main -> !going.ledger().holds(main.identity(bootId)))
                .filter(main -> Roster.isFrom(
                        main,
                        world.processes().children(main.identity(bootId)),
                        reply,
                        world.processes().host()))
                .isPresent();
    }

    private Optional<String> programAbove(long pid, List<Program> now) {
        Optional<ProcessEntry> at = world.processes().find(pid);
        while (at.isPresent() && at.get().pid() > 1) {
            long here = at.get().pid();
            Optional<Program> program =
                    now.stream().filter(p -> p.pid() == here).findFirst();
            if (program.isPresent()) {
                return program.map(Program::fullName);
            }
            at = world.processes().find(at.get().ppid());
        }
        return Optional.empty();
    }

    /** The run's own line stays open. */
    @Override
    public void close() {
        if (line != going.line()) {
            line.close();
        }
    }
}
