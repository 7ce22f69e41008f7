package dev.rollcall.engine;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An earlier run with a token. */
final class TokenRun {
    private TokenRun() {}

    static List<Entry> succeeded(FakeWorld world, String token) {
        return ended(world, token, Outcome.SUCCEEDED);
    }

    static List<Entry> ended(FakeWorld world, String token, Outcome outcome) {
        String conf =
                world.request(dev.rollcall.core.Options.DEFAULTS, false).conf().toString();
        Instant at = Instant.parse("2026-11-01T00:00:00Z");
        return List.of(
                new Entry(1, at, "old", requested(token, conf)),
                new Entry(2, at, "old", new Event.RunEnded(outcome, 0, true, Service.UP, 1, null)));
    }

    private static Event requested(String token, String conf) {
        Duration none = Duration.ZERO;
        return new Event.Requested(FakeWorld.options(none, none, none, false, token), false, "cli", conf, Machine.BOOT);
    }
}
