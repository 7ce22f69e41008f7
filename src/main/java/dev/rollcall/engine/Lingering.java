package dev.rollcall.engine;

import dev.rollcall.core.Escalation;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Step;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Supervisor.Contact;
import java.time.Duration;
import java.util.Optional;

/** A supervisord that has outlived its time: it follows its children, or is killed once it has none, or keeps us from starting. */
final class Lingering {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final World world;
    private final Going going;

    Lingering(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** @return why supervisord cannot be started again, or nothing */
    Optional<Failure> await() {
        ProcessIdentity supervisord =
                going.site().supervisord(going.ledger().bootId()).orElseThrow();
        Run run = going.run();
        run.found(Finding.warning(
                "STOP_TIMEOUT",
                "supervisord (pid " + supervisord.pid() + ") has not stopped everything within stop_timeout",
                "give --stop-timeout more, or leave it at auto"));
        long began = run.clock().nanos();
        long childless = began;
        boolean hadChildren = true;
        Duration patience = StopBudget.of(going.site().programs());
        while (true) {
            Contact contact = world.supervisor().contact(going.site().server());
            if (contact.up()
                    && contact.pid() == supervisord.pid()
                    && world.processes().alive(supervisord)) {
                return Optional.of(Failure.refused(supervisord.pid(), "somebody has made it reload instead"));
            }
            boolean hasChildren = !world.processes().children(supervisord).isEmpty();
            if (hasChildren || hadChildren) {
                // the last one may have lived until just now
                childless = run.clock().nanos();
            }
            hadChildren = hasChildren;
            Escalation.Scene scene = new Escalation.Scene(
                    world.processes().alive(supervisord),
                    // it needs a moment to see that its last child is gone
                    run.millisSince(childless) < SETTLE.toMillis(),
                    false,
                    Duration.ofMillis(run.millisSince(began)),
                    SETTLE,
                    patience);
            switch (Escalation.next(scene)) {
                case DONE -> {
                    return Optional.empty();
                }
                case KILL_SUPERVISORD -> {
                    run.found(Finding.warning(
                            "SUPERVISORD_KILLED",
                            "supervisord (pid " + supervisord.pid()
                                    + ") had no process left and did not end; it was killed",
                            "look at its log"));
                    new Killer(world.processes(), run, going.ledger()).endSupervisord(supervisord);
                }
                case GIVE_UP -> {
                    return Optional.of(Failure.down(stuck(supervisord)));
                }
                case WAIT, KILL_LEFTOVERS -> run.progress().waiting("supervisord to follow its programs");
            }
            run.clock().pause(POLL);
        }
    }

    private static Problem stuck(ProcessIdentity supervisord) {
        return new Problem(
                "SUPERVISORD_STUCK",
                Step.SHUTDOWN,
                "tried to shut supervisord (pid " + supervisord.pid()
                        + ") down but it still waits for a program that is no Celery worker and does not end; end that program, then run rollcall restart again",
                true);
    }
}
