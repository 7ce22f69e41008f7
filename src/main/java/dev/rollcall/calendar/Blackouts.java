package dev.rollcall.calendar;

import dev.rollcall.config.Blackout;
import dev.rollcall.core.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The times in which no run starts. Windows that overlap or follow each other without a second between them are one. */
public final class Blackouts {
    /** Whoever wants peace for longer has it until then. */
    private static final Duration HORIZON = Duration.ofDays(3660);

    private final List<Closure> closures;
    private final LastEnd last = new LastEnd();

    public Blackouts(List<Blackout> blackouts) {
        closures = blackouts.stream().map(Closure::new).toList();
    }

    /** The window that this moment lies in, under the name of the blackout that is the last to end of those that hold now. */
    public Optional<Window> at(Instant moment) {
        Instant limit = moment.plus(HORIZON);
        Optional<Window> own = closures.stream()
                .filter(c -> c.holds(moment))
                .map(c -> new Window(c.name(), c.lastEnd(moment, limit)))
                .max(Comparator.comparing(Window::until));
        return own.map(w -> new Window(w.name(), last.of(moment, () -> end(w.until(), limit))));
    }

    private Instant end(Instant first, Instant limit) {
        Instant end = first;
        Optional<Closure> holding = holding(end);
        while (holding.isPresent() && end.isBefore(limit)) {
            end = holding.get().end(end, limit);
            holding = holding(end);
        }
        return end;
    }

    private Optional<Closure> holding(Instant moment) {
        return closures.stream().filter(c -> c.holds(moment)).findFirst();
    }

    /** When the next window begins; for a moment in one, the one after it. */
    public Optional<Instant> next(Instant moment) {
        Instant from = at(moment).map(Window::until).orElse(moment);
        return closures.stream().flatMap(c -> c.next(from).stream()).min(Comparator.naturalOrder());
    }
}
