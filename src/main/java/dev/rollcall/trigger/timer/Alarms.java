package dev.rollcall.trigger.timer;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes call: one timer rings, or somebody looks whether a firing of any was missed. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Map<String, Alarm> all;
    private final Clock clock;
    private final AtomicBoolean looked = new AtomicBoolean();
    private volatile boolean stopped;

    Alarms(Map<String, Alarm> all, Clock clock) {
        this.all = Map.copyOf(all);
        this.clock = clock;
    }

    /** To the second, as long as Quartz is right. */
    public void ring(String name) {
        if (looked.get()) {
            look(name, false);
        }
    }

    /**
     * What Quartz does not ring for: firings of while the engine was down (the first time), of an hour that does not exist, of a clock that was set, and those that could not be
     * accepted when they rang.
     */
    public void look() {
        boolean first = !looked.get();
        all.keySet().forEach(name -> look(name, first));
        looked.set(true);
    }

    private void look(String name, boolean wasDown) {
        Alarm alarm = all.get(name);
        if (alarm == null || stopped) {
            return;
        }
        try {
            alarm.look(clock.instant(), wasDown);
        } catch (RuntimeException bug) {
            LOG.error("timer {}: internal error; the other timers go on, and this one is tried again", name, bug);
        }
    }

    void stop() {
        stopped = true;
    }
}
