package dev.rollcall.trigger.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Which run a key led to: asked again under the same key, it is the same one. */
final class Keys {
    /** @param written when the request that it came with is on disk */
    record Known(String fingerprint, String target, String runId, CompletableFuture<Void> written) {}

    private final Map<String, Known> all = new HashMap<>();

    synchronized Optional<Known> find(Optional<String> key) {
        return key.map(all::get);
    }

    synchronized void put(Voucher voucher, String runId, CompletableFuture<Void> written) {
        String key = voucher.key();
        if (key != null) {
            all.put(key, new Known(voucher.fingerprint(), voucher.options().target(), runId, written));
        }
    }

    /** Of a request that is on disk. */
    void put(Ticket ticket) {
        ticket.vouchers().forEach(v -> put(v, ticket.runId(), CompletableFuture.completedFuture(null)));
    }

    synchronized void remove(Voucher voucher) {
        String key = voucher.key();
        if (key != null) {
            all.remove(key);
        }
    }
}
