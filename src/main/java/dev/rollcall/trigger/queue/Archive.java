package dev.rollcall.trigger.queue;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests of runs that are over; forgotten when the journals of their runs are. */
final class Archive {
    private final QueueFolder folder;
    private final Keys keys;
    private final Carrier carrier;
    private final Map<String, List<Voucher>> done = new HashMap<>();

    Archive(QueueFolder folder, Keys keys, Carrier carrier) {
        this.folder = folder;
        this.keys = keys;
        this.carrier = carrier;
    }

    /** Reads what earlier engines have put there. */
    synchronized void load() throws IOException {
        folder.done().forEach((runId, vouchers) -> {
            done.put(runId, vouchers);
            keys.put(Ticket.read(runId, vouchers));
        });
    }

    synchronized void add(Ticket ticket) throws IOException {
        folder.archive(ticket.runId());
        done.put(ticket.runId(), ticket.vouchers());
        Set<String> forgotten = new HashSet<>(done.keySet());
        forgotten.removeIf(runId -> carrier.stage(runId) != Carrier.Stage.NONE);
        for (String runId : forgotten) {
            folder.forget(runId);
            done.getOrDefault(runId, List.of()).forEach(keys::remove);
            done.remove(runId);
        }
    }
}
