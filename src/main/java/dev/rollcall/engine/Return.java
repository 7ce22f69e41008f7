package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Program;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until what was there before is there again: RUNNING is not ready, an answer of a new main process is. */
final class Return {
    private static final Duration POLL = Duration.ofMillis(25);
    /** Of the time to start: 15 s of the default of a minute. */
    private static final int PART = 4;

    private final World world;
    private final Going going;
    private final Former former;
    private final Hearing hearing;
    private final long limit;
    private Comeback now;
    private long runningSince;

    Return(World world, Going going, long supervisord) {
        this(world, going, supervisord, Former.of(going));
    }

    private Return(World world, Going going, long supervisord, Former former) {
        this.world = world;
        this.going = going;
        this.former = former;
        this.hearing = new Hearing(world, going, supervisord);
        this.now = comeback(List.of());
        this.limit = going.timeToStart().toMillis();
    }

    private Comeback comeback(List<Program> programs) {
        return new Comeback(former, going.aftermath().hasStarted(), programs);
    }

    /** Of programs alone, below the supervisord of before. */
    static Return withoutNodes(World world, Going going) {
        return new Return(world, going, 0, Former.of(going).withoutNodes());
    }

    void await() {
        Run run = going.run();
        long began = run.clock().nanos();
        try (hearing) {
            look();
            while (!complete() && !now.isHopeless() && !pointless() && run.millisSince(began) < limit) {
                run.progress().waiting(summary());
                run.clock().pause(POLL);
                look();
            }
        }
    }

    private void look() {
        try {
            now = comeback(world.supervisor()
                    .programs(going.site().server(), going.site().conf()));
        } catch (RpcException e) {
            // still starting; the deadline ends the wait
            now = comeback(List.of());
        }
        if (runningSince == 0 && !now.now().isEmpty() && now.missing().isEmpty()) {
            runningSince = going.run().clock().nanos();
        }
        if (!silent().isEmpty() && now.now().stream().anyMatch(p -> p.pid() > 0)) {
            hearing.hear(now.now());
        }
    }

    /** Programs that run with fewer answering nodes than there should be. */
    private Set<String> silent() {
        Set<String> absent = now.absent();
        return former.nodes().entrySet().stream()
                .filter(e -> hearing.answers(e.getKey()) < e.getValue())
                .map(e -> e.getKey())
                .filter(program -> !absent.contains(program))
                .collect(Collectors.toSet());
    }

    private boolean complete() {
        return (former.wanted().isEmpty() || !now.now().isEmpty())
                && now.missing().isEmpty()
                && !now.isStarting()
                && !now.isTryingAgain()
                && silent().isEmpty();
    }

    /** What did not answer before gets a part of the time, not the whole; so does what crashes over and over, and did before. */
    private boolean pointless() {
        boolean longEnough = runningSince != 0 && going.run().millisSince(runningSince) >= limit / PART;
        return longEnough && !now.isStarting() && silent().stream().noneMatch(former.firm()::contains);
    }

    String summary() {
        Set<String> absent = now.absent();
        int wanted = former.wanted().size();
        int answering = former.nodes().size();
        long silent = former.nodes().keySet().stream()
                .filter(p -> absent.contains(p) || silent().contains(p))
                .count();
        return (wanted - absent.size()) + " of " + wanted + " programs running, " + (answering - silent) + " of "
                + answering + " Celery programs answer";
    }

    Optional<Problem> failure() {
        return now.failure();
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
        findings.addAll(now.findings());
        return findings;
    }
}
