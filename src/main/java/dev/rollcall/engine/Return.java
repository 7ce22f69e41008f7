package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Node;
import dev.rollcall.core.Premises;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Step;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until what was there before is there again: RUNNING is not ready, an answer of a new main process is. */
final class Return {
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(150);

    private final World world;
    private final Going going;
    private final long supervisord;
    private final Set<String> wanted;
    private final Set<String> answering;
    private final Set<String> answered = new HashSet<>();
    private List<Program> now = List.of();
    private Optional<Celery.Line> own = Optional.empty();

    Return(World world, Going going, long supervisord) {
        this.world = world;
        this.going = going;
        this.supervisord = supervisord;
        boolean wasUp = going.site().alive().isPresent();
        wanted = going.site().programs().stream()
                .filter(p -> wasUp ? p.running() : p.autostart())
                .map(Program::fullName)
                .collect(Collectors.toSet());
        answering = wasUp
                ? going.ledger().nodes().stream()
                        .map(NodeWatch::node)
                        .filter(n -> n.answered() && !n.orphan())
                        .map(Node::program)
                        .filter(wanted::contains)
                        .collect(Collectors.toSet())
                : going.site().programs().stream()
                        .filter(Scout::isCelery)
                        .map(Program::fullName)
                        .filter(wanted::contains)
                        .collect(Collectors.toSet());
    }

    void await() {
        Run run = going.run();
        long began = run.clock().nanos();
        long limit = run.request().options().startTimeout().toMillis();
        while (!complete() && run.millisSince(began) < limit) {
            look();
            if (hopeless()) {
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
        if (!answered.containsAll(answering) && now.stream().anyMatch(p -> p.pid() > 0)) {
            hear();
        }
    }

    private void hear() {
        for (Reply reply : line().ask(Set.of(), ANSWER_LIMIT)) {
            if (reply instanceof Reply.Stats stats) {
                programAbove(stats.pid()).ifPresent(answered::add);
            }
        }
    }

    /** The old line still leads to the brokers; without one, the new main processes tell where theirs is. */
    private Celery.Line line() {
        if (!going.line().means().equals("none")) {
            return going.line();
        }
        if (own.isEmpty()) {
            // by the pids of now: where none ran before, the files give none
            Premises.Supervision supervision =
                    new Premises.Supervision(going.site().server().url(), now);
            Premises premises = new Premises(world.processes().snapshot(), supervisord, supervision, Set.of());
            List<ProcessEntry> mains =
                    premises.mains().stream().map(m -> m.process()).toList();
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
