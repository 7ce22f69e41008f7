package dev.rollcall.trigger.events;

import dev.rollcall.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether the engine can do what it is there for: take requests, and write down what it does. */
public final class Ready {
    /**
     * @param ready nothing is wrong that keeps a request from being taken and carried out
     * @param problems what does; empty if it is ready
     * @param warnings what a person should look at all the same
     */
    public record Report(boolean ready, List<String> problems, List<String> warnings) {
        public Report {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /** Whoever asks often gets the same answer for a while: each real one writes to the disk. */
    private static final long EVERY = Duration.ofSeconds(5).toNanos();

    /** A journal with a large roll, several times over. */
    private static final long LEAST_SPACE = 16L << 20;

    private static final Duration LATE = Duration.ofMinutes(15);

    private final Path state;
    private final Supplier<List<String>> triggers;
    private final Supplier<Duration> oldest;
    private final IntSupplier parked;
    private final LongSupplier nanos;
    private List<String> disk = List.of();
    private long asked;
    private boolean known;

    /**
     * @param state the state folder
     * @param triggers what is wrong with triggers; empty if all are up
     * @param oldest how long the oldest event in the outbox has waited
     * @param parked how many events the receiver did not take
     */
    public Ready(Path state, Supplier<List<String>> triggers, Supplier<Duration> oldest, IntSupplier parked) {
        this(state, triggers, oldest, parked, System::nanoTime);
    }

    Ready(
            Path state,
            Supplier<List<String>> triggers,
            Supplier<Duration> oldest,
            IntSupplier parked,
            LongSupplier nanos) {
        this.state = state;
        this.triggers = triggers;
        this.oldest = oldest;
        this.parked = parked;
        this.nanos = nanos;
    }

    public Report report() {
        List<String> problems = new ArrayList<>(triggers.get());
        problems.addAll(disk());
        return new Report(problems.isEmpty(), problems, warnings());
    }

    /** A receiver that is down is no reason to send requests elsewhere. */
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Duration age = oldest.get();
        if (age.compareTo(LATE) > 0) {
            warnings.add("OUTBOX_LATE: an event has not been delivered for " + age.toMinutes()
                    + " minutes; look at the receiver of events.webhook");
        }
        if (parked.getAsInt() > 0) {
            warnings.add("EVENT_PARKED: " + parked.getAsInt() + " events were not taken by the receiver; they are in "
                    + state.resolve("outbox").resolve("parked"));
        }
        return warnings;
    }

    private synchronized List<String> disk() {
        if (!known || nanos.getAsLong() - asked >= EVERY) {
            disk = look();
            asked = nanos.getAsLong();
            known = true;
        }
        return disk;
    }

    private List<String> look() {
        try {
            write();
            long free = Files.getFileStore(state).getUsableSpace();
            return free >= LEAST_SPACE
                    ? List.of()
                    : List.of("DISK_FULL: " + state + " has " + (free >> 20) + " MiB left; make room");
        } catch (IOException e) {
            return List.of(
                    "STATE_NOT_WRITABLE: tried to write to " + state + " but " + e + "; check space and rights there");
        }
    }

    /** For rights may be there and space not, or the disk has become read-only. */
    private void write() throws IOException {
        Path probe = state.resolve(".ready");
        try (FileChannel channel = FileChannel.open(
                probe,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                Disk.OWNER_FILE)) {
            channel.write(ByteBuffer.wrap(new byte[4096]));
            channel.force(false);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
