package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Program;
import dev.rollcall.core.Step;
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
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final World world;
    private final Going going;
    private final Former former;
    private final Hearing hearing;
    private List<Program> now = List.of();
    private long runningSince;

    Return(World world, Going going, long supervisord) {
        this(world, going, supervisord, Former.of(going));
    }

    private Return(World world, Going going, long supervisord, Former former) {
        this.world = world;
        this.going = going;
        this.former = former;
        this.hearing = new Hearing(world, going, supervisord);
    }

    /** Of programs alone, below the supervisord of before. */
    static Return withoutNodes(World world, Going going) {
        return new Return(world, going, 0, Former.of(going).withoutNodes());
    }

    void await() {
        Run run = going.run();
        long began = run.clock().nanos();
        long limit = run.request().options().startTimeout().toMillis();
        try (hearing) {
            look();
            while (!complete() && !hopeless() && !pointless() && run.millisSince(began) < limit) {
                run.progress().waiting(summary());
                run.clock().pause(POLL);
                look();
            }
        }
    }

    private void look() {
        try {
            now = world.supervisor()
                    .programs(going.site().server(), going.site().conf());
        } catch (RpcException e) {
            // still starting; the deadline ends the wait
            now = List.of();
        }
        if (runningSince == 0 && !now.isEmpty() && notRunning().isEmpty()) {
            runningSince = going.run().clock().nanos();
        }
        if (!silent().isEmpty() && now.stream().anyMatch(p -> p.pid() > 0)) {
            hearing.hear(now);
        }
    }

    /** Programs with fewer answering nodes than there should be. */
    private Set<String> silent() {
        return former.nodes().entrySet().stream()
                .filter(e -> hearing.answers(e.getKey()) < e.getValue())
                .map(e -> e.getKey())
                .collect(Collectors.toSet());
    }

    /** One that did not run before, has done its work and is not restarted by supervisord is where it should be. */
    private Set<String> notRunning() {
        Set<String> missing = new HashSet<>(former.wanted());
        now.stream()
                .filter(p -> p.running()
                        || p.state().equals("EXITED") && !former.steady().contains(p.fullName()))
                .map(Program::fullName)
                .forEach(missing::remove);
        return missing;
    }

    private boolean complete() {
        return (former.wanted().isEmpty() || !now.isEmpty()) && notRunning().isEmpty() && silent().isEmpty();
    }

    /** What did not answer before gets a moment, not the whole time. */
    private boolean pointless() {
        boolean longEnough = runningSince != 0 && going.run().millisSince(runningSince) >= PATIENCE.toMillis();
        return longEnough && silent().stream().noneMatch(former.firm()::contains);
    }

    /** FATAL is supervisor's last word. */
    private boolean hopeless() {
        Set<String> missing = notRunning();
        List<Program> stuck =
                now.stream().filter(p -> missing.contains(p.fullName())).toList();
        return stuck.stream().anyMatch(p -> p.state().equals("FATAL"))
                && stuck.stream().noneMatch(Program::wanted);
    }

    String summary() {
        int wanted = former.wanted().size();
        int answering = former.nodes().size();
        return (wanted - notRunning().size()) + " of " + wanted + " programs running, " + (answering - silent().size())
                + " of " + answering + " Celery programs answer";
    }

    Optional<Problem> failure() {
        Set<String> missing = notRunning();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String states = missing.stream()
                .sorted()
                .map(name -> name + " is " + stateOf(name))
                .collect(Collectors.joining(", "));
        return Optional.of(new Problem(
                "PROGRAM_NOT_RUNNING",
                Step.VERIFY,
                "tried to bring everything up again that was running but " + states
                        + "; look with `supervisorctl tail NAME stderr`",
                true));
    }

    private String stateOf(String program) {
        return now.stream()
                .filter(p -> p.fullName().equals(program))
                .map(Program::state)
                .findFirst()
                .orElse("not there any more");
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        silent().stream()
                .sorted()
                .forEach(program -> findings.add(Finding.error(
                        "NODE_SILENT_AFTER",
                        program + " is running but "
                                + (former.nodes().getOrDefault(program, 1) > 1
                                        ? "not all of its nodes have"
                                        : "its node has not")
                                + " answered since the start",
                        "look at its log; is its broker there?")));
        now.stream()
                .filter(p -> p.state().equals("BACKOFF") || p.state().equals("FATAL"))
                .filter(p -> !former.wanted().contains(p.fullName()))
                .forEach(p -> findings.add(Finding.error(
                        "PROGRAM_IN_TROUBLE",
                        p.fullName() + " did not run before and does not run now (" + p.state() + ")",
                        "look with `supervisorctl tail " + p.fullName() + " stderr`")));
        return findings;
    }
}
