package dev.rollcall.check;

import dev.rollcall.calendar.Blackouts;
import dev.rollcall.config.Blackout;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The window of a blackout that it is in now, or the next one. */
final class BlackoutCheck {
    private static final Duration NARROW = Duration.ofMinutes(1);

    private BlackoutCheck() {}

    static List<Finding> findings(Blackout blackout, Instant now) {
        Blackouts alone = new Blackouts(List.of(blackout));
        Optional<Window> current = alone.at(now);
        if (current.isPresent()) {
            return List.of(told(blackout, "now, until " + Told.at(current.get().until(), blackout.zone())));
        }
        Optional<Instant> begin = alone.next(now);
        if (begin.isEmpty()) {
            return List.of(Finding.warning(
                    "BLACKOUT_NEVER",
                    "blackout " + blackout.name() + " never holds: '" + blackout.cron() + "' has no time to come",
                    "mend its cron, or remove it"));
        }
        Instant until = alone.at(begin.get()).map(Window::until).orElse(begin.get());
        Finding next = told(
                blackout,
                "from " + Told.at(begin.get(), blackout.zone()) + " until " + Told.at(until, blackout.zone()));
        boolean narrow = begin.get().plus(NARROW).isAfter(until);
        return narrow ? List.of(next, narrow(blackout)) : List.of(next);
    }

    private static Finding told(Blackout blackout, String when) {
        return Finding.info(
                "BLACKOUT_WINDOW",
                "blackout " + blackout.name() + ": no run starts " + when + " (" + blackout.zone() + ")",
                "");
    }

    private static Finding narrow(Blackout blackout) {
        return Finding.warning(
                "BLACKOUT_NARROW",
                "blackout " + blackout.name() + " holds for less than a minute: '" + blackout.cron()
                        + "' matches single seconds",
                "write * for the seconds, and for the minutes of a whole hour, e.g. '* * 22-23 * * ?'");
    }
}
