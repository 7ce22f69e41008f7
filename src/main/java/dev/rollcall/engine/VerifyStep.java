package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Masked;
import dev.rollcall.core.Node;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.port.Journal.JournalException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls the roll anew: programs run, nodes answer with new main processes, no orphan is left; then names what was cut short. */
final class VerifyStep {
    private final World world;

    VerifyStep(World world) {
        this.world = world;
    }

    public Verified verify(Started started) {
        Going going = started.going();
        return going.run().step(Step.VERIFY, detail -> {
            new CutTasks(going).name();
            if (started.failure().filter(Failure::untouched).isPresent()) {
                return asBefore(going, started.failure().get(), detail);
            }
            going.site().cutOff().filter(run -> !run.told()).ifPresent(run -> nameCutOff(going, run));
            if (started.failure().isPresent()) {
                detail.skipped("supervisord is not running");
                return new Verified(going, Service.DOWN, started.failure().map(Failure::problem), true);
            }
            Return back = new Return(world, going, started.supervisord());
            back.await();
            detail.say(back.summary());
            back.findings().forEach(going.run()::found);
            Rescan rescan = new Rescan(world, going);
            rescan.tellDoubtful();
            Rescan.Left left = rescan.left();
            reportOrphans(going, left.orphans());
            left.others().forEach(other -> going.run().found(survived(other)));
            left.spared().forEach(orphan -> going.run().found(SparedOrphans.after(orphan)));
            left.detached().forEach(going.run()::found);
            new GoneBystanders(world, going).tell();
            Optional<Problem> failure = back.failure();
            Service service = failure.isPresent() ? Service.DOWN : Service.UP;
            if (failure.isPresent()) {
                detail.failed(back.summary());
            }
            return new Verified(going, service, failure, true);
        });
    }

    /** It has not gone: whether its programs run is all there is to see, for nodes that answer are those of before. */
    private Verified asBefore(Going going, Failure failure, Run.Detail detail) {
        boolean changed = !going.run().result().killed().isEmpty();
        if (failure.service() != Service.UP) {
            detail.skipped("nobody can tell whether supervisord goes");
            return new Verified(going, failure.service(), Optional.of(failure.problem()), changed);
        }
        Return back = Return.withoutNodes(world, going);
        back.await();
        detail.say(back.summary());
        Optional<Problem> down = back.failure();
        if (down.isPresent()) {
            detail.failed(back.summary());
        }
        return new Verified(
                going,
                down.isPresent() ? Service.DOWN : Service.UP,
                down.or(() -> Optional.of(failure.problem())),
                changed);
    }

    private static void reportOrphans(Going going, List<Node> orphans) {
        if (!orphans.isEmpty()) {
            String pids = orphans.stream().map(n -> Long.toString(n.pid())).collect(Collectors.joining(", "));
            going.run()
                    .found(Finding.error(
                            "ORPHAN_LEFT",
                            "Celery processes of an earlier life are still there (pid " + pids + ")",
                            "something starts them anew, e.g. a shell loop as a program's command; end that first"));
        }
    }

    /** What the run before took down and never named; whatever still lives is on this run's own roll. */
    private void nameCutOff(Going going, CutOff before) {
        before.tasks().forEach((main, tasks) -> {
            if (!going.ledger().holds(main) && !world.processes().alive(main)) {
                tasks.forEach(task -> going.run()
                        .note(new Event.TaskInterrupted(InterruptedTask.of(task, InterruptedTask.Fate.UNKNOWN))));
            }
        });
        going.run()
                .found(Finding.warning(
                        "RUN_FINISHED",
                        "run " + before.runId()
                                + " had been cut off after its shutdown had begun; this run has finished it",
                        ""));
        try {
            new Memory(world.journal())
                    .end(before, going.run().id(), going.run().clock().now());
        } catch (JournalException e) {
            // this run must not fail for another one's journal
            going.run().found(Finding.error("JOURNAL_BROKEN", e.getMessage(), "make room, then: rollcall resume"));
        }
    }

    /** For a process that is no Celery worker by its looks: not ours to end, but somebody should know that it runs twice. */
    static Finding survived(ProcessEntry other) {
        return Finding.error(
                "OTHER_SURVIVED",
                "process " + other.pid() + " (" + Masked.command(other.argv(), other.exe())
                        + ") is no known Celery worker and has survived its supervisord; it is spared, and may run twice from now on",
                "end it by hand if it should not; let its program exec it instead of running it below a shell");
    }
}
