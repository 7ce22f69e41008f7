package dev.rollcall.trigger.queue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Requests of runs that are over; forgotten when the journals of their runs are, and the oldest when they are too many to be kept in mind. */
final class Archive {
    private final QueueFolder folder;
    private final Keys keys;
    private final Carrier carrier;
    private final int most;
    /** Oldest first, for an id begins with its time. */
    private final NavigableMap<String, List<Voucher>> done = new TreeMap<>();

    /** @param most requests, but those of the latest run are kept however many they are */
    Archive(QueueFolder folder, Keys keys, Carrier carrier, int most) {
        this.most = most;
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
        forgetOldest();
    }

    synchronized void add(Ticket ticket) throws IOException {
        folder.archive(ticket.runId());
        done.put(ticket.runId(), ticket.vouchers());
        Set<String> forgotten = new HashSet<>(done.keySet());
        forgotten.removeIf(runId -> carrier.stage(runId) != Carrier.Stage.NONE);
        for (String runId : forgotten) {
            forget(runId);
        }
        forgetOldest();
    }

    private void forgetOldest() throws IOException {
        int all = done.values().stream().mapToInt(List::size).sum();
        while (all > most && done.size() > 1) {
            Map.Entry<String, List<Voucher>> oldest = done.firstEntry();
            all -= oldest.getValue().size();
            forget(oldest.getKey());
        }
    }

    private void forget(String runId) throws IOException {
        folder.forget(runId);
        done.getOrDefault(runId, List.of()).forEach(keys::remove);
        done.remove(runId);
    }
}
