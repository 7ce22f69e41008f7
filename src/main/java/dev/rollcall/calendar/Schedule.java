package dev.rollcall.calendar;

import dev.rollcall.config.Triggers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * The firings of a timer. One whose time is left out when clocks are put forward happens as much later, by the clock as it was; one whose time is repeated when they
 * are put back happens once, the second time.
 */
public final class Schedule {
    /** Where a firing may have been, from near to far: a timer of every second must not be counted through for months. */
    private static final List<Duration> BACK = List.of(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(40),
            Duration.ofDays(400));

    private final Cron cron;
    private final ZoneId zone;

    public Schedule(Timer timer) {
        this(timer.cron(), timer.zone());
    }

    Schedule(String cron, ZoneId zone) {
        this.cron = new Cron(cron);
        this.zone = zone;
    }

    /** The first firing after this moment. */
    public Optional<Instant> next(Instant moment) {
        Instant from = moment;
        while (true) {
            Stretch stretch = Stretch.at(from.plusSeconds(1), zone);
            Optional<Instant> regular = after(from, stretch.offset());
            Optional<Instant> late = late(from, stretch);
            Optional<Instant> first = regular.filter(r -> isIn(stretch, r))
                    .filter(r -> late.filter(l -> l.isBefore(r)).isEmpty())
                    .or(() -> late);
            if (first.isPresent() || regular.isEmpty() || stretch.end().isEmpty()) {
                return first;
            }
            from = stretch.end().get().minusSeconds(1);
        }
    }

    private static boolean isIn(Stretch stretch, Instant moment) {
        return stretch.reaches(moment.plus(stretch.repeated()));
    }

    /** What the clocks have just leapt over, by the clock as it was before. */
    private Optional<Instant> late(Instant from, Stretch stretch) {
        Optional<ZoneOffsetTransition> gap = stretch.before().filter(ZoneOffsetTransition::isGap);
        return gap.flatMap(g -> after(from, g.getOffsetBefore())
                .filter(m -> m.isBefore(g.getInstant().plus(g.getDuration()))));
    }

    private Optional<Instant> after(Instant moment, ZoneOffset offset) {
        return cron.next(LocalDateTime.ofInstant(moment, offset)).map(time -> time.toInstant(offset));
    }

    /** The latest firing up to {@code now}, if there was one after {@code since}. */
    public Optional<Instant> latest(Instant since, Instant now) {
        for (Duration back : BACK) {
            Instant from = now.minus(back);
            if (!from.isAfter(since)) {
                return last(since, now);
            }
            Optional<Instant> found = last(from, now);
            if (found.isPresent()) {
                return found;
            }
        }
        return last(since, now);
    }

    private Optional<Instant> last(Instant from, Instant now) {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = next(from);
        while (next.filter(n -> !n.isAfter(now)).isPresent()) {
            last = next;
            next = next(next.get());
        }
        return last;
    }
}
