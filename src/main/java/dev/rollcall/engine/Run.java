package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Result;
import dev.rollcall.core.Standing;
import dev.rollcall.core.Step;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Recorded;
import dev.rollcall.port.RunLog;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run under way: its events go to the journal first, then into the fold, then to whoever watches. */
final class Run {
    /** What a step does; it may say in a few words how it went. */
    interface Work<T, X extends Exception> {
        T apply(Detail detail) throws X;
    }

    /** A step's own words for the result and the terminal. */
    static final class Detail {
        private String words = "";
        private Event.StepDone.Ended how = Event.StepDone.Ended.OK;

        void say(String text) {
            words = text;
        }

        void skipped(String why) {
            words = why;
            how = Event.StepDone.Ended.SKIPPED;
        }

        void failed(String why) {
            words = why;
            how = Event.StepDone.Ended.FAILED;
        }
    }

    private final String id;
    private final Request request;
    private final Clock clock;
    private final Optional<RunLog> log;
    private final Progress progress;
    private final Fold fold = new Fold();
    private long seq;
    private long downSince;
    private boolean logBroken;
    private boolean finishedAnother;
    private Optional<Going> going = Optional.empty();
    private Optional<Journal.Reopened> past = Optional.empty();
    private Optional<CutOff> voided = Optional.empty();
    private long startsBefore;

    /** @param log empty for a dry run, which writes nothing */
    Run(String id, Request request, Clock clock, Optional<RunLog> log, Progress progress) {
        this.id = id;
        this.request = request;
        this.clock = clock;
        this.log = log;
        this.progress = progress;
    }

    /**
     * Goes on with a run that was cut off.
     *
     * @param before its journal so far
     */
    static Run again(String id, Request request, Clock clock, Journal.Reopened before, Progress progress) {
        Run run = anew(id, request, clock, before, progress);
        run.voided = Optional.empty();
        if (Standing.of(before.entries()).isChanged()) {
            run.past = Optional.of(before);
            run.downSince = clock.nanos()
                    - StopTime.since(before.entries(), clock.now()).toNanos();
        }
        return run;
    }

    /** The same from the top, for one whose supervisord has not heard: see {@link NotHeard}. */
    static Run anew(String id, Request request, Clock clock, Journal.Reopened before, Progress progress) {
        Run run = new Run(id, request, clock, Optional.of(before.log()), progress);
        before.entries().forEach(run.fold::add);
        run.seq = before.entries().size();
        run.voided = CutOff.of(before.entries());
        run.startsBefore = run.starts();
        return run;
    }

    /** The journal of a run that had begun to shut supervisord down and is gone on with; nothing for any other. */
    Optional<Journal.Reopened> past() {
        return past;
    }

    /** Whether a start has ended since it began, or was gone on with. */
    boolean hasStarted() {
        return starts() > startsBefore;
    }

    private long starts() {
        return result().steps().stream()
                .filter(s -> s.name().equals(Step.START.word()))
                .count();
    }

    /** What this run knew when it was cut off, if it is gone through from the top since its supervisord had not heard. */
    Optional<CutOff> voided() {
        return voided;
    }

    String id() {
        return id;
    }

    Request request() {
        return request;
    }

    Clock clock() {
        return clock;
    }

    Progress progress() {
        return progress;
    }

    /** Once the service is down, a journal that cannot be written any more must not keep it down. */
    void note(Event event) {
        Instant at = clock.now();
        try {
            write(at, event);
        } catch (JournalException e) {
            if (!isDown()) {
                throw e;
            }
            reportBroken(at, e);
        }
        fold(at, event);
    }

    /** Notes something that gives permission to act. @return false if it is not on disk: then there is no permission */
    boolean noteOnDisk(Event event) {
        Instant at = clock.now();
        try {
            write(at, event);
        } catch (JournalException e) {
            reportBroken(at, e);
            return false;
        }
        fold(at, event);
        return true;
    }

    private void write(Instant at, Event event) {
        log.ifPresent(l -> l.append(at, event));
    }

    private void reportBroken(Instant at, JournalException e) {
        if (!logBroken) {
            logBroken = true;
            fold(
                    at,
                    new Event.Found(Finding.error(
                            "JOURNAL_BROKEN",
                            e.getMessage(),
                            "make room, then look at this run's outcome here: the journal lacks its end")));
        }
    }

    void found(Finding finding) {
        note(new Event.Found(finding));
    }

    /** What was changed for the request before its own run began is told with it, whatever becomes of it. */
    void finishedFirst(String other) {
        finishedAnother = true;
        found(CutOff.finishedFirst(other));
    }

    boolean hasFinishedAnother() {
        return finishedAnother;
    }

    /** Puts the roll on disk; a dry run has no disk and therefore no permission to act. */
    Recorded record(Event.RollTaken taken) {
        Instant at = clock.now();
        Recorded recorded = log.orElseThrow(() -> new IllegalStateException("a dry run must not act"))
                .record(at, taken);
        fold(at, taken);
        return recorded;
    }

    /** Shows the roll in the result of a dry run. */
    void show(Event.RollTaken taken) {
        if (log.isPresent()) {
            throw new IllegalStateException("a roll that is acted on must be recorded");
        }
        fold(clock.now(), taken);
    }

    private void fold(Instant at, Event event) {
        fold.add(new Entry(++seq, at, id, event));
        progress.happened(event);
    }

    <T, X extends Exception> T step(Step step, Work<T, X> work) throws X {
        note(new Event.StepBegun(step));
        long began = clock.nanos();
        Detail detail = new Detail();
        boolean returned = false;
        try {
            T result = work.apply(detail);
            returned = true;
            return result;
        } finally {
            if (!returned) {
                detail.how = Event.StepDone.Ended.FAILED;
            }
            note(new Event.StepDone(step, detail.how, millisSince(began), detail.words));
        }
    }

    long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - nanos);
    }

    void serviceGoesDown() {
        downSince = isDown() ? downSince : clock.nanos();
    }

    /** From the moment of the stop on: what a rescue needs. */
    void goes(Going now) {
        going = Optional.of(now);
    }

    Optional<Going> going() {
        return going;
    }

    /** Milliseconds since the service was taken down; 0 if it was not. */
    long downtime() {
        return downSince == 0 ? 0 : millisSince(downSince);
    }

    boolean isDown() {
        return downSince != 0;
    }

    Result result() {
        return fold.result();
    }

    /** What it would be if the run ended now, and like this. */
    Result result(Event.RunEnded end) {
        return fold.result(end);
    }
}
