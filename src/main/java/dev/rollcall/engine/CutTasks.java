package dev.rollcall.engine;

import dev.rollcall.core.Ending;
import dev.rollcall.core.Event;
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
        for (Task task : tasks(watch)) {
            if (unknown) {
                name(task, InterruptedTask.Fate.UNKNOWN);
            } else if (ending.cutTasks()) {
                name(task, ending.fateOf(task));
            } else if (watch.hasNotWaitedFor(task)) {
                name(task, watch.wasKilledByUs(task) ? ending.fateOf(task) : InterruptedTask.Fate.UNKNOWN);
            }
        }
    }

    private boolean isCold(NodeWatch watch, Optional<Program> program) {
        return watch.hasPoolSignalled()
                || Ending.isCold(program.map(Program::stopSignal).orElse("TERM"), watch.remap())
                || program.filter(p -> p.stopAsGroup() || isSignalledAsGroup(p)).isPresent();
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
