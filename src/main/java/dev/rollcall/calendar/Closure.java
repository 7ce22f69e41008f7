package dev.rollcall.calendar;

import dev.rollcall.config.Blackout;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The windows of one blackout. It holds whenever the clocks of its zone show what it matches, so in a repeated hour twice and in one that is left out never. */
final class Closure {
    private final String name;
    private final Cron cron;
    private final ZoneId zone;
    private final LastEnd last = new LastEnd();

    Closure(Blackout blackout) {
        name = blackout.name();
        cron = new Cron(blackout.cron());
        zone = blackout.zone();
    }

    String name() {
        return name;
    }

    boolean holds(Instant moment) {
        return cron.matches(clock(moment));
    }

    private LocalDateTime clock(Instant moment) {
        return LocalDateTime.ofInstant(moment, zone).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same as {@link #end}, for who asks again and again as time goes by. */
    Instant lastEnd(Instant moment, Instant limit) {
        return last.of(moment, () -> end(moment, limit));
    }

    /** When it does not hold any more. @param moment at which it holds @param limit to look no further than */
    Instant end(Instant moment, Instant limit) {
        Instant time = moment.truncatedTo(ChronoUnit.SECONDS);
        while (time.isBefore(limit) && holds(time)) {
            Stretch stretch = Stretch.at(time, zone);
            Instant last = stretch.end().filter(e -> e.isBefore(limit)).orElse(limit);
            time = cron.end(stretch.clock(time), stretch.clock(last)).toInstant(stretch.offset());
        }
        return time;
    }

    /** When it begins to hold, or holds on, after this moment. */
    Optional<Instant> next(Instant moment) {
        Instant from = moment.truncatedTo(ChronoUnit.SECONDS);
        while (true) {
            Stretch stretch = Stretch.at(from.plusSeconds(1), zone);
            Optional<Instant> next = cron.next(stretch.clock(from)).map(time -> time.toInstant(stretch.offset()));
            if (next.isEmpty() || stretch.reaches(next.get())) {
                return next;
            }
            from = stretch.end().orElseThrow().minusSeconds(1);
        }
    }
}
