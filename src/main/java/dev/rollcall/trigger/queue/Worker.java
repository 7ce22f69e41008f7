package dev.rollcall.trigger.queue;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Window;
import dev.rollcall.engine.Request;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.request.Targets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Carries out the runs of one lane, one after the other. */
final class Worker implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(Worker.class.getName());
    /** How often it looks whether somebody else still holds the target, or a blackout's end has come: a clock can be set. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Stages of a run that has yet to begin, or to begin anew. */
    private static final Set<Carrier.Stage> UNCHANGED = Set.of(Carrier.Stage.NONE, Carrier.Stage.UNTOUCHED);

    private final Lane lane;
    private final Targets targets;
    private final Function<Instant, Optional<Window>> blackout;
    private final Carrier carrier;
    private final Archive archive;
    private final Clock clock;
    /** What goes on for hours is told once. */
    private boolean unreadable;

    Worker(
            Lane lane,
            Targets targets,
            Function<Instant, Optional<Window>> blackout,
            Carrier carrier,
            Archive archive,
            Clock clock) {
        this.lane = lane;
        this.targets = targets;
        this.blackout = blackout;
        this.carrier = carrier;
        this.archive = archive;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            Optional<Ticket> next = lane.take(this::turn, LOOK_AGAIN);
            while (next.isPresent() && carryOut(next.get())) {
                lane.over();
                next = lane.take(this::turn, LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a worker was interrupted", e);
        }
    }

    /** A disk that cannot be read for a while must not end this thread: nobody else carries out what waits for this target. */
    private Lane.Turn turn(Ticket ticket) {
        try {
            boolean barred = isBarred(ticket);
            boolean held = !barred && request(ticket).filter(carrier::isHeld).isPresent();
            unreadable = false;
            return barred ? Lane.Turn.BARRED : held ? Lane.Turn.HELD : Lane.Turn.NOW;
        } catch (JournalException e) {
            if (!unreadable) {
                LOGGER.log(System.Logger.Level.ERROR, "run {0} waits: {1}", ticket.runId(), e.getMessage());
            }
            unreadable = true;
            return Lane.Turn.HELD;
        }
    }

    /** What has begun to change something goes on in a blackout, for the service may be down. */
    private boolean isBarred(Ticket ticket) {
        return !ticket.override()
                && blackout.apply(clock.now()).isPresent()
                && UNCHANGED.contains(carrier.stage(ticket.runId()));
    }

    /** @return false if the engine stops before the run is over */
    private boolean carryOut(Ticket ticket) throws InterruptedException {
        Duration pause = LOOK_AGAIN;
        Carrier.End end = attempt(ticket);
        while (end == Carrier.End.NOT_YET) {
            if (!lane.pause(pause)) {
                return false;
            }
            if (turn(ticket) == Lane.Turn.BARRED) {
                lane.putBack(ticket);
                return true;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            end = attempt(ticket);
        }
        if (end == Carrier.End.OVER) {
            archive(ticket);
        }
        return end == Carrier.End.OVER;
    }

    private Carrier.End attempt(Ticket ticket) {
        return request(ticket)
                .map(request -> carrier.carry(ticket.runId(), request))
                .orElse(Carrier.End.NOT_YET);
    }

    /** Nothing if its supervisord's configuration cannot be found at this time. */
    private Optional<Request> request(Ticket ticket) {
        try {
            Optional<Window> overridden = ticket.options().override() ? blackout.apply(clock.now()) : Optional.empty();
            return Optional.of(targets.request(ticket.options(), ticket.by(), false)
                    .with(ticket.joined())
                    .in(overridden));
        } catch (UsageException e) {
            LOGGER.log(System.Logger.Level.ERROR, "run {0} waits: {1}", ticket.runId(), e.getMessage());
            return Optional.empty();
        }
    }

    /** What is left behind is found to be over by the next engine. */
    private void archive(Ticket ticket) {
        try {
            archive.add(ticket);
        } catch (IOException | JournalException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "tried to put the request of run {0} away but {1}", ticket.runId(), e);
        }
    }
}
