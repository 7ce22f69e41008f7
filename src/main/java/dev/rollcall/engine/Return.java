package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Node;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Roster;
import dev.rollcall.core.Step;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until what was there before is there again: RUNNING is not ready, an answer of a new main process is. */
final class Return {
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(150);
    private static final Duration BROKER_MAY_HAVE_MOVED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final World world;
    private final Going going;
    private final long supervisord;
    private final Set<String> wanted;
    /** Celery programs whose nodes should answer; those that did before are waited for as long as the start may take. */
    private final Set<String> answering;

    private final Set<String> firm;
    private final Set<String> answered = new HashSet<>();
    private List<Program> now = List.of();
    private Optional<Celery.Line> own = Optional.empty();
    private long runningSince;

    Return(World world, Going going, long supervisord) {
        this.world = world;
        this.going = going;
        this.supervisord = supervisord;
        wanted = wanted(going.site());
        answering = going.run().request().celery().remoteControl().equals("none") || isDisabled(going.line())
                ? Set.of()
                : celeryPrograms(going).stream().filter(wanted::contains).collect(Collectors.toSet());
        firm = going.ledger().nodes().stream()
                .map(NodeWatch::node)
                .filter(Node::answered)
                .map(Node::program)
                .collect(Collectors.toSet());
    }

    private static boolean isDisabled(Celery.Line line) {
        return line.findings().stream().anyMatch(f -> f.code().equals("REMOTE_CONTROL_DISABLED"));
    }

    private static Set<String> celeryPrograms(Going going) {
        Set<String> names = going.ledger().nodes().stream()
                .map(w -> w.node().program())
                .collect(Collectors.toCollection(HashSet::new));
        going.site().conf().programs().stream()
                .filter(Scout::isCelery)
                .map(Program::fullName)
                .forEach(names::add);
        return names;
    }

    /** What was running and is still in the configuration, and what is new there; all that starts by itself if nothing ran. */
    private static Set<String> wanted(Site site) {
        Map<String, Program> before = new HashMap<>();
        if (site.alive().isPresent()) {
            site.programs().forEach(p -> before.put(p.fullName(), p));
        }
        return site.conf().programs().stream()
                .filter(p -> Optional.ofNullable(before.get(p.fullName()))
                        .map(Program::running)
                        .orElse(p.autostart()))
                .map(Program::fullName)
                .collect(Collectors.toSet());
    }

    void await() {
        Run run = going.run();
        long began = run.clock().nanos();
        long limit = run.request().options().startTimeout().toMillis();
        while (!complete() && run.millisSince(began) < limit) {
            look();
            if (hopeless() || pointless()) {
                break;
            }
            if (!complete()) {
                run.progress().waiting(summary());
                run.clock().pause(POLL);
            }
        }
        own.ifPresent(Celery.Line::close);
    }

    private void look() {
        try {
            now = world.supervisor()
                    .programs(going.site().server(), going.site().conf());
        } catch (RpcException e) {
            // still starting; the deadline ends the wait
            now = List.of();
        }
        if (runningSince == 0 && notRunning().isEmpty()) {
            runningSince = going.run().clock().nanos();
        }
        if (!answered.containsAll(answering) && now.stream().anyMatch(p -> p.pid() > 0)) {
            hear();
        }
    }

    private void hear() {
        for (Reply reply : line().ask(Set.of(), ANSWER_LIMIT)) {
            if (reply instanceof Reply.Stats stats && isOurs(stats)) {
                programAbove(stats.pid()).ifPresent(answered::add);
            }
        }
    }

    /** A new main process of this host; another host's node may have the same pid. */
    private boolean isOurs(Reply.Stats reply) {
        String bootId = going.ledger().bootId();
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

    /** The old line leads to the brokers as a rule; else, or if it stays silent, the new main processes tell where theirs is. */
    private Celery.Line line() {
        if (!going.line().means().equals("none") && !runsFor(BROKER_MAY_HAVE_MOVED)) {
            return going.line();
        }
        if (own.isEmpty()) {
            List<ProcessEntry> mains =
                    going.site().premises(world.processes().snapshot(), supervisord, Set.of()).mains().stream()
                            .map(m -> m.process())
                            .toList();
            if (!mains.isEmpty()) {
                own = Optional.of(
                        world.celery().open(mains, going.run().request().celery(), Duration.ofSeconds(10)));
            }
        }
        return own.orElseGet(() -> new NoLine(List.of()));
    }

    private Optional<String> programAbove(long pid) {
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

    private boolean runsFor(Duration time) {
        return runningSince != 0 && going.run().millisSince(runningSince) >= time.toMillis();
    }

    /** What did not answer before gets a moment, not the whole time. */
    private boolean pointless() {
        return runsFor(PATIENCE)
                && answering.stream().filter(p -> !answered.contains(p)).noneMatch(firm::contains);
    }

    private Set<String> notRunning() {
        Set<String> missing = new HashSet<>(wanted);
        now.stream().filter(Program::running).map(Program::fullName).forEach(missing::remove);
        return missing;
    }

    private boolean complete() {
        return !now.isEmpty() && notRunning().isEmpty() && answered.containsAll(answering) || wanted.isEmpty();
    }

    /** FATAL is supervisor's last word. */
    private boolean hopeless() {
        Set<String> missing = notRunning();
        return !missing.isEmpty()
                && now.stream().filter(p -> missing.contains(p.fullName())).anyMatch(p -> p.state()
                        .equals("FATAL"))
                && now.stream().filter(p -> missing.contains(p.fullName())).noneMatch(Program::wanted);
    }

    String summary() {
        return (wanted.size() - notRunning().size()) + " of " + wanted.size() + " programs running, " + answered.size()
                + " of " + answering.size() + " Celery programs answer";
    }

    Optional<Problem> failure() {
        Set<String> missing = notRunning();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String states = missing.stream()
                .sorted()
                .map(name -> name + " is "
                        + now.stream()
                                .filter(p -> p.fullName().equals(name))
                                .map(Program::state)
                                .findFirst()
                                .orElse("not there any more"))
                .collect(Collectors.joining(", "));
        return Optional.of(new Problem(
                "PROGRAM_NOT_RUNNING",
                Step.VERIFY,
                "tried to bring everything up again that was running but " + states
                        + "; look with `supervisorctl tail NAME stderr`",
                true));
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        answering.stream()
                .filter(p -> !answered.contains(p))
                .sorted()
                .forEach(program -> findings.add(Finding.error(
                        "NODE_SILENT_AFTER",
                        program + " is running but its node has not answered since the start",
                        "look at its log; is its broker there?")));
        return findings;
    }
}
