package dev.rollcall.trigger.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells a file that is written completely from one that is not, without its writer's help. */
final class Ripeness {
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** @param since when it was first seen like this, by a clock that nobody sets */
    private record Seen(String key, long since) {}

    private final Map<Path, Seen> seen = new HashMap<>();
    private final LongSupplier nanos;

    Ripeness(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A whole JSON object has no second half; what was renamed was written elsewhere; anything else must rest for a second. */
    synchronized boolean isRipe(Drop drop) {
        if (!drop.isPlain()) {
            return true;
        }
        if (drop.size() > Reader.LIMIT || drop.wasRenamed() || isWholeObject(drop)) {
            return true;
        }
        Seen now = new Seen(drop.key() + drop.changed(), nanos.getAsLong());
        Seen before = seen.get(drop.path());
        if (before == null || !before.key().equals(now.key())) {
            seen.put(drop.path(), now);
            return false;
        }
        return now.since() - before.since() >= QUIET.toNanos();
    }

    private static boolean isWholeObject(Drop drop) {
        if (drop.kind() != Drop.Kind.JSON || drop.size() == 0) {
            return false;
        }
        try {
            Reader.read(drop);
            return true;
        } catch (Unfit notYet) {
            return false;
        }
    }

    synchronized void forget(Path path) {
        seen.remove(path);
    }
}
