package dev.rollcall.trigger.queue;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Options;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.History;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.engine.Request;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.NoRun;
import dev.rollcall.trigger.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs that wait, by the queue; all others by their journals. */
public final class AllRuns implements Runs {
    private static final System.Logger LOGGER = System.getLogger(AllRuns.class.getName());

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** Waits for events of one run. */
    public interface Events {
        Optional<List<Entry>> of(String runId, long after, Duration wait) throws InterruptedException;
    }

    private final Targets targets;
    private final Requests requests;
    private final Journal journal;
    private final History history;
    private final Events events;
    private final Function<Interrupt, Engine> engines;
    private final Clock clock;

    public AllRuns(
            Targets targets,
            Requests requests,
            Journal journal,
            Events events,
            Function<Interrupt, Engine> engines,
            Clock clock) {
        this.clock = clock;
        this.targets = targets;
        this.requests = requests;
        this.journal = journal;
        this.history = new History(journal);
        this.events = events;
        this.engines = engines;
    }

    @Override
    public List<Result> list(Optional<String> target, int limit) {
        Stream<Result> waiting = requests.tickets().stream()
                .filter(t -> !hasBegun(journal.glance(t.runId())))
                .map(AllRuns::asked);
        Stream<Result> begun = journal.runs().stream().flatMap(this::brief);
        return Stream.concat(waiting, begun)
                .filter(r -> target.filter(t -> !t.equals(r.target())).isEmpty())
                .limit(limit)
                .toList();
    }

    /** A journal without a whole line is one that has just been made, or for which there was no room. */
    private static boolean hasBegun(Optional<Glance> glance) {
        return glance.filter(g -> !g.ends().isEmpty()).isPresent();
    }

    /** One journal that cannot be read must not hide the others. */
    private Stream<Result> brief(String runId) {
        try {
            return history.brief(runId).stream();
        } catch (JournalException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "run {0} is not listed: {1}", runId, e.getMessage());
            return Stream.empty();
        }
    }

    /** As it would be if it began now. */
    private static Result asked(Ticket ticket) {
        return Fold.result(List.of(new Entry(1, ticket.acceptedAt(), ticket.runId(), ticket.requested(""))));
    }

    private Optional<Ticket> ticket(String runId) {
        return requests.tickets().stream().filter(t -> t.runId().equals(runId)).findFirst();
    }

    @Override
    public Optional<Result> find(String runId) {
        // in this order: the ticket goes when the run is over, the journal stays
        Optional<Ticket> ticket = ticket(runId);
        Optional<Glance> glance = journal.glance(runId);
        if (ticket.isPresent() && !hasBegun(glance)) {
            return ticket.map(AllRuns::asked);
        }
        return glance.map(g -> history.whole(runId));
    }

    @Override
    public Optional<List<Entry>> events(String runId, long after, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        Optional<List<Entry>> found = events.of(runId, after, wait);
        while (found.isEmpty() && ticket(runId).isPresent()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.of(List.of());
            }
            // it has no journal yet: it waits for another run, or for the end of a blackout
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_AGAIN.toNanos()));
            found = events.of(runId, after, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return found;
    }

    @Override
    public Optional<Result> plan(String target) {
        if (!targets.config().targets().containsKey(target)) {
            return Optional.empty();
        }
        try {
            return Optional.of(engines.apply(new Interrupt()).run(asPlanned(target), Progress.NONE));
        } catch (UsageException e) {
            return Optional.of(
                    NoRun.of(target, "http", new Problem("BAD_REQUEST", null, e.getMessage(), true), clock.now()));
        } catch (Engine.Busy e) {
            throw new IllegalStateException("a plan takes no lock", e);
        }
    }

    Request asPlanned(String target) throws UsageException {
        Options options = targets.options(OptionSet.target(target));
        return targets.request(options, "http", true).in(requests.blackout());
    }
}
