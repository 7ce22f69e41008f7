package dev.rollcall.config;

import dev.rollcall.config.YamlTree.Mapping;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** What timers and blackouts have in common: a name of their own, a cron expression and its zone. */
final class Times {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final List<Mapping> entries;
    private final Set<String> names = new HashSet<>();

    Times(List<Mapping> entries) {
        this.entries = entries;
    }

    List<Mapping> entries() {
        return entries;
    }

    String name(Mapping entry) {
        Optional<String> name = entry.required("name");
        name.filter(n -> !NAME.matcher(n).matches())
                .ifPresent(n ->
                        entry.problem("name", "'" + n + "' is no name; use letters, digits, dot, dash and underscore"));
        name.filter(n -> !names.add(n))
                .ifPresent(n -> entry.problem("name", "'" + n + "' is taken; give each a name of its own"));
        return name.orElse("");
    }

    /**
     * @param check whether Quartz is asked; without, it is not even loaded
     * @return empty if there is none, or what was checked is none
     */
    static String cron(Mapping entry, boolean check) {
        return entry.required("cron")
                .filter(cron -> !check || isCron(entry, cron))
                .orElse("");
    }

    private static boolean isCron(Mapping entry, String cron) {
        try {
            new CronExpression(cron);
            return true;
        } catch (ParseException e) {
            entry.problem(
                    "cron",
                    "'" + cron + "' is no cron expression (" + e.getMessage()
                            + "); write second, minute, hour, day of month, month and day of week, one of the days as ?, e.g. '0 30 3 * * ?'");
            return false;
        }
    }

    /** Quartz would take a zone that it does not know for GMT. */
    static ZoneId zone(Mapping entry) {
        Optional<String> zone = entry.text("zone");
        try {
            return zone.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            String given = zone.orElse("");
            String hint = Nearest.find(given, ZoneId.getAvailableZoneIds())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("; write e.g. Europe/Berlin, UTC or +08:00");
            entry.problem("zone", "'" + given + "' is no time zone" + hint);
            return ZoneId.systemDefault();
        }
    }
}
