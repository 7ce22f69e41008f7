package dev.rollcall.check;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as it is told to people: by the clocks of its zone. */
final class Told {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);

    private Told() {}

    static String at(Instant moment, ZoneId zone) {
        return FORM.format(moment.atZone(zone));
    }
}
