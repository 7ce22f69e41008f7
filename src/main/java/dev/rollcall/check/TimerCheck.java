package dev.rollcall.check;

import dev.rollcall.calendar.Blackouts;
import dev.rollcall.calendar.Schedule;
import dev.rollcall.config.Config;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When each timer fires next, and whether that would come to anything. */
final class TimerCheck {
    private static final int SHOWN = 3;

    private final Config config;
    private final Blackouts blackouts;
    private final Instant now;

    TimerCheck(Config config, Instant now) {
        this.config = config;
        this.blackouts = new Blackouts(config.blackouts());
        this.now = now;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        config.triggers().timers().forEach(timer -> schedule(timer).ifPresent(s -> explain(timer, next(s), findings)));
        return findings;
    }

    /** Nothing if its cron expression is none: that is told of the configuration as a whole. */
    private static Optional<Schedule> schedule(Timer timer) {
        try {
            return Optional.of(new Schedule(timer));
        } catch (IllegalArgumentException noCron) {
            return Optional.empty();
        }
    }

    private void explain(Timer timer, List<Instant> next, List<Finding> findings) {
        if (next.isEmpty()) {
            findings.add(Finding.warning(
                    "TIMER_NEVER",
                    "timer " + timer.name() + " never fires: '" + timer.cron() + "' has no time to come",
                    "mend its cron, or remove it"));
            return;
        }
        String times = next.stream().map(t -> Told.at(t, timer.zone())).collect(Collectors.joining(", "));
        findings.add(Finding.info(
                "TIMER",
                "timer " + timer.name() + " fires at " + times + " (" + timer.zone() + "); missed: "
                        + (timer.once() ? "once" : "skip"),
                ""));
        next.forEach(firing -> blackout(timer, firing).ifPresent(findings::add));
    }

    private List<Instant> next(Schedule schedule) {
        List<Instant> next = new ArrayList<>();
        Optional<Instant> firing = schedule.next(now);
        while (firing.isPresent() && next.size() < SHOWN) {
            next.add(firing.get());
            firing = schedule.next(firing.get());
        }
        return next;
    }

    private Optional<Finding> blackout(Timer timer, Instant firing) {
        Optional<Window> window = blackouts.at(firing);
        if (window.isEmpty() || is(timer, "override")) {
            return Optional.empty();
        }
        String what = "timer " + timer.name() + " fires at " + Told.at(firing, timer.zone()) + " in blackout "
                + window.get().name();
        String until = Told.at(window.get().until(), timer.zone());
        return Optional.of(
                is(timer, "defer")
                        ? Finding.info("TIMER_IN_BLACKOUT", what + "; its run waits until " + until, "")
                        : Finding.warning(
                                "TIMER_IN_BLACKOUT",
                                what + ", which ends at " + until + "; no run comes of it",
                                "let it wait with defer: true, or go through with override: true, or choose another time"));
    }

    private static boolean is(Timer timer, String word) {
        try {
            return timer.request().text(word).filter("true"::equals).isPresent();
        } catch (UsageException e) {
            throw new IllegalStateException("the configuration was read before", e);
        }
    }
}
