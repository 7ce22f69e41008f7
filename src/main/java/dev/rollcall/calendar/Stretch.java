package dev.rollcall.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The time around a moment in which clocks of a zone are not put forward or back.
 *
 * @param before the change that it begins with
 * @param after the change that it ends with, which is outside
 */
record Stretch(ZoneOffset offset, Optional<ZoneOffsetTransition> before, Optional<ZoneOffsetTransition> after) {
    static Stretch at(Instant moment, ZoneId zone) {
        return new Stretch(
                zone.getRules().getOffset(moment),
                Optional.ofNullable(zone.getRules().previousTransition(moment.plusNanos(1))),
                Optional.ofNullable(zone.getRules().nextTransition(moment)));
    }

    LocalDateTime clock(Instant moment) {
        return LocalDateTime.ofInstant(moment, offset);
    }

    Optional<Instant> end() {
        return after.map(ZoneOffsetTransition::getInstant);
    }

    /** Whether a moment is before the end. */
    boolean reaches(Instant moment) {
        return end().filter(e -> !moment.isBefore(e)).isEmpty();
    }

    /** How long the clocks show at the end what they will show again. */
    Duration repeated() {
        return after.filter(ZoneOffsetTransition::isOverlap)
                .map(t -> t.getDuration().negated())
                .orElse(Duration.ZERO);
    }
}
