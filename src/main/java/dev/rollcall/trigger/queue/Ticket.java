package dev.rollcall.trigger.queue;

import dev.rollcall.core.Event;
import dev.rollcall.core.Event.Requested.Joined;
import dev.rollcall.core.Options;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A run that was promised: its id is given out, its requests are on disk or about to be. */
final class Ticket {
    /** Whoever comes then is told to come again: a client that went mad must not take all memory, nor that of the engine of tomorrow. */
    static final int MOST = 10_000;

    private final String runId;
    private final List<Voucher> vouchers = new ArrayList<>();
    /** What is on disk of requests that have no key. */
    private final Set<String> plain = new HashSet<>();

    private boolean onDisk;

    Ticket(String runId) {
        this.runId = runId;
    }

    static Ticket read(String runId, List<Voucher> vouchers) {
        Ticket ticket = new Ticket(runId);
        vouchers.forEach(ticket::add);
        vouchers.forEach(ticket::isOnDisk);
        return ticket;
    }

    String runId() {
        return runId;
    }

    synchronized void add(Voucher voucher) {
        vouchers.add(voucher);
    }

    /** @return whether nothing is left of the ticket */
    synchronized boolean remove(Voucher voucher) {
        vouchers.remove(voucher);
        return vouchers.isEmpty();
    }

    /** Whether one more like this one would add nothing to what is on disk. */
    synchronized boolean holds(Voucher voucher) {
        return voucher.key() == null && plain.contains(voucher.likeness());
    }

    synchronized boolean isFull() {
        return vouchers.size() >= MOST;
    }

    /** From the first one on it will be carried out, whatever happens. */
    synchronized void isOnDisk(Voucher voucher) {
        onDisk = true;
        if (voucher.key() == null) {
            plain.add(voucher.likeness());
        }
    }

    synchronized boolean mayBegin() {
        return onDisk;
    }

    synchronized List<Voucher> vouchers() {
        return List.copyOf(vouchers);
    }

    private synchronized Voucher first() {
        return vouchers.get(0);
    }

    String target() {
        return first().options().target();
    }

    Instant acceptedAt() {
        return first().at();
    }

    String by() {
        return first().by();
    }

    /** What all who asked can live with. */
    synchronized Options options() {
        return vouchers.stream().map(Voucher::options).reduce(Options::and).orElseThrow();
    }

    /** One that may not wait takes the others with it. */
    synchronized boolean override() {
        return vouchers.stream().anyMatch(v -> v.options().override());
    }

    synchronized List<Joined> joined() {
        return vouchers.stream()
                .skip(1)
                .map(v -> new Joined(v.by(), v.options().token()))
                .distinct()
                .toList();
    }

    /** As its run would begin. */
    Event.Requested requested(String conf) {
        return new Event.Requested(options(), false, by(), conf, "", joined());
    }
}
