package dev.rollcall.trigger.queue;

import dev.rollcall.engine.RunId;
import dev.rollcall.port.Clock;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way to a run. Of each target one run is under way and one waits at the most; whoever asks meanwhile joins the one that waits. A request is
 * answered when it is on disk; from then on it is carried out, if need be by an engine that is started later.
 */
final class RequestQueue implements Intake {
    private static final Duration DISK_LIMIT = Duration.ofSeconds(10);

    private final Acceptance acceptance;
    private final Map<String, Lane> lanes;
    private final Keys keys;
    private final Scribe scribe;
    private final Clock clock;
    private boolean stopping;

    RequestQueue(Acceptance acceptance, Map<String, Lane> lanes, Keys keys, Scribe scribe, Clock clock) {
        this.acceptance = acceptance;
        this.lanes = Map.copyOf(lanes);
        this.keys = keys;
        this.scribe = scribe;
        this.clock = clock;
    }

    /** Where a request went, and whether it is on disk. */
    private record Promise(Answer.Accepted answer, CompletableFuture<Void> written) {}

    /** Of two with one key the second must see the first. */
    private record Reply(Optional<Promise> promise, Optional<Answer.Declined> declined) {
        static Reply no(Answer.Declined answer) {
            return new Reply(Optional.empty(), Optional.of(answer));
        }

        static Reply yes(Answer.Accepted answer, CompletableFuture<Void> written) {
            return new Reply(Optional.of(new Promise(answer, written)), Optional.empty());
        }
    }

    @Override
    public Answer ask(Ask ask) {
        Reply reply = reply(ask);
        return reply.promise().<Answer>map(RequestQueue::await).orElseGet(() -> reply.declined()
                .orElseThrow());
    }

    private synchronized Reply reply(Ask ask) {
        if (stopping) {
            return Reply.no(Acceptance.declined(
                    Answer.Why.STOPPING,
                    "STOPPING",
                    "tried to accept the request but the engine is stopping; ask again when it is back"));
        }
        Optional<Keys.Known> known = keys.find(ask.key());
        if (known.isPresent()) {
            return repeated(ask, known.get());
        }
        Instant now = clock.now();
        Acceptance.Decision decision = acceptance.decide(ask, now);
        return decision instanceof Acceptance.Decision.Fit fit
                ? accept(fit, now)
                : Reply.no(((Acceptance.Decision.Unfit) decision).answer());
    }

    private static Reply repeated(Ask ask, Keys.Known known) {
        if (!known.fingerprint().equals(Voucher.fingerprint(ask))) {
            return Reply.no(Acceptance.declined(
                    Answer.Why.KEY_REUSED,
                    "KEY_REUSED",
                    "tried to accept the request but its key was used for another one (run " + known.runId()
                            + "); use a new key for each request"));
        }
        return Reply.yes(
                new Answer.Accepted(known.runId(), known.target(), false, true, Optional.empty()), known.written());
    }

    private Reply accept(Acceptance.Decision.Fit fit, Instant now) {
        Voucher voucher = fit.voucher();
        String target = voucher.options().target();
        Lane lane = Objects.requireNonNull(lanes.get(target));
        if (lane.isFull(voucher)) {
            return Reply.no(Acceptance.declined(
                    Answer.Why.NOT_WRITABLE,
                    "QUEUE_FULL",
                    "tried to accept the request but " + Ticket.MOST
                            + " wait for the next run already; ask again when that has begun"));
        }
        Lane.Place place = lane.place(voucher, () -> RunId.at(now));
        String runId = place.ticket().runId();
        CompletableFuture<Void> written = new CompletableFuture<>();
        keys.put(voucher, runId, written);
        if (place.adds()) {
            scribe.write(runId, voucher.line()).whenComplete((done, failure) -> {
                settle(lane, place.ticket(), voucher, failure);
                forward(failure, written);
            });
        } else {
            written.complete(null);
        }
        return Reply.yes(new Answer.Accepted(runId, target, place.joined(), false, fit.notBefore()), written);
    }

    private void settle(Lane lane, Ticket ticket, Voucher voucher, @Nullable Throwable failure) {
        if (failure == null) {
            lane.written(ticket, voucher);
        } else {
            lane.withdraw(ticket, voucher);
            keys.remove(voucher);
        }
    }

    private static void forward(@Nullable Throwable failure, CompletableFuture<Void> to) {
        if (failure == null) {
            to.complete(null);
        } else {
            to.completeExceptionally(failure);
        }
    }

    private static Answer await(Promise promise) {
        try {
            promise.written().get(DISK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return promise.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notWritten("the engine was interrupted");
        } catch (TimeoutException e) {
            return notWritten("the disk has not answered within " + DISK_LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return notWritten(String.valueOf(Optional.ofNullable(e.getCause()).orElse(e)));
        }
    }

    private static Answer.Declined notWritten(String cause) {
        return Acceptance.declined(
                Answer.Why.NOT_WRITABLE,
                "QUEUE_NOT_WRITABLE",
                "tried to write the request down but " + cause + "; make room in the state folder and ask again");
    }

    /** From now on everything is declined. */
    synchronized void stop() {
        stopping = true;
    }
}
