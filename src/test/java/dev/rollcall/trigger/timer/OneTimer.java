package dev.rollcall.trigger.timer;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/** The timer "nightly" with its clock and its record, as an engine that comes and goes has it. */
final class OneTimer {
    static final String HALF_PAST_THREE = "0 30 3 * * ?";

    final FakeIntake intake = new FakeIntake();
    final HandClock clock = new HandClock("2026-11-24T03:00:00Z");
    final Path state;
    Timer timer = timer(HALF_PAST_THREE, "UTC", true);
    Alarm alarm;

    OneTimer(Path state) {
        this.state = state;
    }

    /** As the engine does it: opened, and looked at for the first time. */
    void start() throws IOException {
        TimerFolder folder = new TimerFolder(state);
        folder.open(Set.of("nightly"));
        alarm = Alarm.open(timer, intake, folder, clock.instant());
        alarm.look(clock.instant(), true);
    }

    void look(String time) {
        clock.set(time);
        alarm.look(clock.instant(), false);
    }

    Dealt record() throws IOException {
        return new TimerFolder(state).read("nightly").orElseThrow();
    }

    /** Of the firing on this day of November. */
    static String key(String day) {
        return "timer:nightly@2026-11-" + day + "T03:30:00Z";
    }

    static Timer timer(String cron, String zone, boolean once) {
        try {
            return new Timer(
                    "nightly",
                    cron,
                    ZoneId.of(zone),
                    once,
                    OptionSet.of(Map.of("target", "default", "kill_grace", "5s"), "test"));
        } catch (UsageException e) {
            throw new AssertionError(e);
        }
    }
}
