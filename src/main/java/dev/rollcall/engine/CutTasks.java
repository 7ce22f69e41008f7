package dev.rollcall.engine;

import dev.rollcall.core.Ending;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.GroupSignaller;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Program;
import dev.rollcall.core.Task;
import dev.rollcall.port.Starter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Names the tasks that were cut short, by how the main process went that ran them. */
record CutTasks(Going going) {
    void name() {
        going.ledger().nodes().stream().filter(NodeWatch::isGone).forEach(this::name);
    }

    private void name(NodeWatch watch) {
        Optional<Program> program = going.site().programs().stream()
                .filter(p -> p.fullName().equals(watch.node().program()))
                .findFirst();
        Ending ending = new Ending(
                watch.wasKilledByUs(),
                isCold(watch, program),
                watch.silence(stopNotYetAt(watch, program)),
                patience(program));
        boolean unknown = !watch.wasKilledByUs()
                && (watch.hasEndedUnseen() || !ending.cutTasks() && mayHaveOutlived(watch, program));
        boolean unsure = !watch.wasKilledByUs()
                && (ending.cutTasks()
                        ? mayBeSoft(watch, program) && ending.mayHaveWaited()
                        : mayBeCold(watch, program));
        for (Task task : tasks(watch)) {
            boolean endedByUs = watch.hasNotWaitedFor(task) && watch.wasKilledByUs(task);
            if (unknown || unsure && !endedByUs) {
                name(task, InterruptedTask.Fate.UNKNOWN);
            } else if (ending.cutTasks() || endedByUs) {
                name(task, ending.fateOf(task));
            } else if (watch.hasNotWaitedFor(task)) {
                name(task, InterruptedTask.Fate.UNKNOWN);
            }
        }
        // of nodes that were asked once it is told before the stop
        boolean watched = !watch.hasEndedUnseen() && !going.line().means().equals("exec");
        if (ending.isSudden() && watched && watch.hasWorked()) {
            going.run().found(unwatched(watch));
        }
    }

    /** A warm stop begins no task, and one that nobody has seen at work will hardly begin its first just then. */
    private static Finding unwatched(NodeWatch watch) {
        return Finding.info(
                "TASKS_UNWATCHED",
                "node " + watch.node().name() + " (pid " + watch.main().pid() + ") last said what it runs "
                        + watch.sinceLastAnswer().toMillis()
                        + " ms before it was gone: a task that it began after that was cut short without being named",
                "where a task may not be lost in silence, let it acknowledge late (acks_late)");
    }

    private boolean isCold(NodeWatch watch, Optional<Program> program) {
        return reachesPool(watch, program)
                || Ending.isCold(signal(program), watch.remap().orElse(""));
    }

    private boolean reachesPool(NodeWatch watch, Optional<Program> program) {
        return watch.hasPoolSignalled()
                || program.filter(p -> p.stopAsGroup() || isSignalledAsGroup(p)).isPresent();
    }

    private static String signal(Optional<Program> program) {
        return program.map(Program::stopSignal).orElse("TERM");
    }

    /** Celery itself had the choice. */
    private boolean mayBeSoft(NodeWatch watch, Optional<Program> program) {
        return !reachesPool(watch, program) && !signal(program).equals("KILL");
    }

    private static boolean mayBeCold(NodeWatch watch, Optional<Program> program) {
        return watch.remap().isEmpty() && signal(program).equals("TERM");
    }

    /** As it was when it was looked at first. */
    private boolean isSignalledAsGroup(Program program) {
        return GroupSignaller.around(program, going.site().table()).isPresent();
    }

    /** Nobody stops an orphan but us, and systemd's time runs for all groups at once. */
    private OptionalLong stopNotYetAt(NodeWatch watch, Optional<Program> program) {
        boolean inTurn = !watch.node().orphan() && stopLimit().isEmpty();
        return program.filter(p -> inTurn)
                .map(p -> going.watch().order().notYetAt(p, watch.goneAt()))
                .orElseGet(OptionalLong::empty);
    }

    private Optional<Duration> stopLimit() {
        return going.site().unit().filter(Starter.Unit::stopsThroughSystemd).flatMap(Starter.Unit::stopLimit);
    }

    /** supervisord's; or systemd's, which kills all of a unit that it stops. */
    private Duration patience(Optional<Program> program) {
        Duration own = Duration.ofSeconds(program.map(Program::stopWaitSecs).orElse(10));
        return stopLimit().filter(limit -> limit.compareTo(own) < 0).orElse(own);
    }

    /** What is no child of supervisord's is not waited for by it, and what is left then is ended by a unit that ends all. */
    private boolean mayHaveOutlived(NodeWatch watch, Optional<Program> program) {
        return going.site().unit().filter(u -> u.killMode().endsAll()).isPresent()
                && program.filter(p -> p.pid() == watch.main().pid()).isEmpty();
    }

    /** Whom the run before had frozen when it was cut off, that one could not answer this run. */
    private List<Task> tasks(NodeWatch watch) {
        Optional<CutOff> before = going.site().cutOff().or(going.run()::voided).filter(run -> !watch.node()
                .answered());
        return before.map(run -> run.tasks().getOrDefault(watch.main(), watch.tasks()))
                .orElseGet(watch::tasks);
    }

    private void name(Task task, InterruptedTask.Fate fate) {
        if (!going.aftermath().hasNamed(task.id())) {
            going.run().note(new Event.TaskInterrupted(InterruptedTask.of(task, fate)));
        }
    }
}
