package dev.rollcall.trigger.events;

import dev.rollcall.config.Webhook;
import dev.rollcall.core.Entry;
import dev.rollcall.port.Journal;
import dev.rollcall.trigger.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The way out of events: which of them are still to be sent. The journals are what it holds; on disk it keeps only how far each run's events have
 * been delivered.
 */
public final class Outbox implements Part {
    private static final OutboxFolder.Settled NOTHING = new OutboxFolder.Settled(0, 0);

    private final Tail tail;
    private final Journal journal;
    private final OutboxFolder folder;
    private final Optional<Webhook> webhook;
    private final InstantSource time;
    private final Terms terms;
    private final Parking parking;
    private final OpenRuns open = new OpenRuns();

    private final Map<String, OutboxFolder.Settled> settled = new ConcurrentHashMap<>();
    private Instant since = Instant.EPOCH;
    private volatile @Nullable Carriers carriers;

    /**
     * @param tail is running when this joins
     * @param state the state folder
     * @param webhook without it nothing is sent, and what is written until there is one never will be
     * @param host this one's name, for receivers who hear of many
     */
    public Outbox(Tail tail, Journal journal, Path state, Optional<Webhook> webhook, String host, InstantSource time) {
        this(tail, journal, state, webhook, time, Terms.usual(host));
    }

    Outbox(Tail tail, Journal journal, Path state, Optional<Webhook> webhook, InstantSource time, Terms terms) {
        this.tail = tail;
        this.journal = journal;
        this.folder = new OutboxFolder(state);
        this.webhook = webhook;
        this.time = time;
        this.terms = terms;
        this.parking = new Parking(folder);
    }

    @Override
    public void join(CamelContext context) throws Exception {
        parking.open();
        if (webhook.isEmpty()) {
            context.getRegistry().bind("webhook", new NoWebhook());
            folder.forget();
            return;
        }
        Webhook to = webhook.get();
        Signature signature =
                to.secret().isPresent() ? Signature.read(to.secret().get()) : Signature.NONE;
        context.getRegistry().bind("webhook", new WebhookPost(to.url(), terms.connect(), terms.answer(), time));
        if (!Dispatch.isTaken(context)) {
            throw new IOException("tried to send events but no route begins with " + Dispatch.ROUTE
                    + "; let the file in routes_dir have one, or remove events.webhook");
        }
        load();
        context.addStartupListener((started, already) -> begin(new Dispatch(started, signature)));
    }

    /** The tail is heard first, so that nothing is written between the two. */
    private synchronized void load() throws IOException {
        tail.listen(this::told);
        since = folder.since(time.instant());
        List<String> runs = journal.runs();
        settled.putAll(folder.settled(runs));
        Set<String> begun = new HashSet<>(folder.begun());
        for (String runId : runs) {
            if (begun.contains(runId) || isNews(runId)) {
                Consignment run = consignment(runId);
                open.call(runId, () -> run);
            }
        }
        begun.removeAll(runs);
        for (String pruned : begun) {
            folder.remove(pruned);
        }
    }

    /** Whether something was written that was not sent. One look at the file's attributes, for there may be ten thousand. */
    private boolean isNews(String runId) throws IOException {
        Path file = journal.path(runId);
        OutboxFolder.Settled end = settled.get(runId);
        try {
            return end == null
                    ? !Files.getLastModifiedTime(file).toInstant().isBefore(since)
                    : Files.size(file) != end.size();
        } catch (NoSuchFileException pruned) {
            return false;
        }
    }

    /** A run that was seen to begin counts as a whole, even if the clock was set back before. */
    private Consignment consignment(String runId) throws IOException {
        OptionalLong cursor = folder.cursor(runId);
        Instant from = cursor.isPresent() ? Instant.EPOCH : since;
        long done = cursor.orElse(settled.getOrDefault(runId, NOTHING).seq());
        return new Consignment(journal.path(runId), runId, done, from);
    }

    private void begin(Dispatch dispatch) {
        Carriers all = new Carriers(terms, open, folder, parking, time, dispatch, settled::put);
        carriers = all;
        open.begin(all::carry);
    }

    /** By the tail's thread. */
    private synchronized void told(Entry entry) {
        open.call(
                entry.runId(),
                () -> new Consignment(
                        journal.path(entry.runId()),
                        entry.runId(),
                        settled.getOrDefault(entry.runId(), NOTHING).seq(),
                        entry.seq() == 1 ? Instant.EPOCH : since));
    }

    /** How long the event has waited that has waited longest. */
    public Duration oldest() {
        return open.oldest()
                .map(at -> Duration.between(at, time.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    /** How many events lie there that the receiver did not take. */
    public int parked() {
        return parking.count();
    }

    /** Waits until everything that stands in journals is sent. @return whether it is, in time */
    public boolean flush(Duration limit) throws InterruptedException {
        tail.look();
        return open.isIdle(limit.toMillis());
    }

    @Override
    public void close() {
        Carriers all = carriers;
        if (all != null) {
            all.close();
        }
    }
}
