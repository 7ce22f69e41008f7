package dev.rollcall.trigger.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where events are put that the receiver will not take, so that a person can look at them and send them by hand. */
final class Parking {
    /** A receiver that refuses everything must not fill the disk. */
    static final int MOST = 1000;

    private static final System.Logger LOGGER = System.getLogger(Parking.class.getName());

    private final OutboxFolder folder;
    private final AtomicInteger count = new AtomicInteger();

    Parking(OutboxFolder folder) {
        this.folder = folder;
    }

    void open() throws IOException {
        count.set(folder.parked().size());
    }

    /** How many there are, as far as this engine knows: whoever removes some by hand is believed at the next start. */
    int count() {
        return count.get();
    }

    void put(Letter letter, String why, Instant now) throws IOException {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("parked_at", now.toString());
        document.put("why", why);
        document.set("event", Json.MAPPER.readTree(letter.body()));
        Path file = folder.park(letter.runId(), letter.seq(), Json.pretty(document) + "\n");
        LOGGER.log(
                System.Logger.Level.WARNING,
                "EVENT_PARKED: tried to send event {0} ({1}) of run {2} but {3}; it is in {4}, later ones go on",
                Long.toString(letter.seq()),
                letter.type(),
                letter.runId(),
                why,
                file);
        count.incrementAndGet();
        if (count.get() > MOST) {
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        List<Path> all = folder.parked();
        for (Path file : all.subList(0, Math.max(0, all.size() - MOST))) {
            LOGGER.log(System.Logger.Level.WARNING, "more than {0} events are parked; {1} is removed", MOST, file);
            Files.deleteIfExists(file);
        }
        count.set(Math.min(all.size(), MOST));
    }
}
