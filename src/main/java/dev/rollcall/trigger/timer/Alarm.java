package dev.rollcall.trigger.timer;

import dev.rollcall.calendar.Schedule;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.core.Problem;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import dev.rollcall.trigger.timer.Dealt.Firing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer: which of its firings is due, and what becomes of it. It may be looked at as often as anybody likes. */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    /** Later than this a firing was missed. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(1);

    private static final Set<Answer.Why> FOR_NOW = Set.of(Answer.Why.STOPPING, Answer.Why.NOT_WRITABLE);

    private final Timer timer;
    private final Schedule schedule;
    private final Intake intake;
    private final TimerFolder folder;
    private Dealt dealt;
    private Instant complained = Instant.MIN;

    private Alarm(Timer timer, Intake intake, TimerFolder folder, Dealt dealt) {
        this.timer = timer;
        this.schedule = new Schedule(timer);
        this.intake = intake;
        this.folder = folder;
        this.dealt = dealt;
    }

    /** With what is on disk of it; a new one, or one that was changed, is on disk afterwards. */
    static Alarm open(Timer timer, Intake intake, TimerFolder folder, Instant now) throws IOException {
        Optional<Dealt> before = folder.read(timer.name()).filter(d -> d.isOf(timer));
        Dealt dealt = before.orElseGet(() -> Dealt.begin(timer, now));
        if (before.isEmpty()) {
            folder.write(timer.name(), dealt);
        }
        return new Alarm(timer, intake, folder, dealt);
    }

    /** @param wasDown whether whatever is due now is so because nobody was there */
    synchronized void look(Instant now, boolean wasDown) {
        if (now.isBefore(dealt.until())) {
            LOG.warn("timer {}: the clock has been set back from {} or later to {}", timer.name(), dealt.until(), now);
            keep(dealt.until(now));
            return;
        }
        Optional<Instant> due = schedule.latest(dealt.until(), now);
        if (due.isEmpty()) {
            return;
        }
        if (dealt.has(due.get())) {
            dealt = dealt.until(due.get());
            return;
        }
        boolean missed = wasDown || due.get().plus(PUNCTUAL).isBefore(now);
        if (missed && !timer.once()) {
            decline(due.get(), now, new Problem("MISSED", null, "it was missed, and misfire is skip", false));
        } else {
            ask(due.get(), now);
        }
    }

    /** The key is the same if a crash comes before the answer is noted: then it is the same run. */
    private void ask(Instant scheduled, Instant now) {
        String by = "timer:" + timer.name();
        Answer answer = intake.ask(new Ask(timer.request().given(), by, Optional.of(by + "@" + scheduled)));
        if (answer instanceof Answer.Accepted accepted) {
            LOG.info("timer {}: the firing of {} is run {}", timer.name(), scheduled, accepted.runId());
            keep(dealt.with(new Firing(scheduled, now, accepted.runId(), null, null)));
        } else if (answer instanceof Answer.Declined declined) {
            if (FOR_NOW.contains(declined.why())) {
                complain(scheduled, declined.problem());
            } else {
                decline(scheduled, now, declined.problem());
            }
        }
    }

    /** It will be asked again, many times perhaps; one line is enough. */
    private void complain(Instant scheduled, Problem problem) {
        if (!complained.equals(scheduled)) {
            complained = scheduled;
            LOG.warn("timer {}: the firing of {} has to wait: {}", timer.name(), scheduled, problem.message());
        }
    }

    private void decline(Instant scheduled, Instant now, Problem problem) {
        LOG.warn(
                "timer {}: the firing of {} does not happen: {} [{}]",
                timer.name(),
                scheduled,
                problem.message(),
                problem.code());
        keep(dealt.with(new Firing(scheduled, now, null, problem.code(), problem.message())));
    }

    /** What cannot be written now is still known as long as the engine runs; after a crash it is asked again, under the same key. */
    private void keep(Dealt now) {
        dealt = now;
        try {
            folder.write(timer.name(), now);
        } catch (IOException e) {
            LOG.error(
                    "timer {}: tried to note its last firing but {}; make room in the state folder",
                    timer.name(),
                    e.toString());
        }
    }
}
