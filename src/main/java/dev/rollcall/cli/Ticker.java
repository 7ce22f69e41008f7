package dev.rollcall.cli;

import dev.rollcall.core.Event;
import dev.rollcall.engine.Progress;
import java.util.Locale;

/** Steps ticking off: a line each when it is done; on a terminal, what is waited for in a line that is written over. */
final class Ticker implements Progress {
    private final Spool out;
    private final Ink ink;
    private String waiting = "";

    Ticker(Spool out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    @Override
    public synchronized void happened(Event event) {
        if (event instanceof Event.StepDone done) {
            out.say(cleared()
                    + String.format(
                            Locale.ROOT,
                            "%s %-9s %6.2f s  %s%n",
                            mark(done.how()),
                            done.step().word(),
                            done.durationMs() / 1000.0,
                            done.detail()));
        }
    }

    private String mark(Event.StepDone.Ended how) {
        return switch (how) {
            case OK -> ink.good("✓");
            case SKIPPED -> ink.faint("-");
            case FAILED -> ink.bad("✗");
        };
    }

    @Override
    public synchronized void waiting(String forWhat) {
        if (ink.terminal() && !forWhat.equals(waiting)) {
            out.say(cleared() + ink.faint("  waiting for " + forWhat));
            waiting = forWhat;
        }
    }

    private String cleared() {
        String over = waiting.isEmpty() ? "" : "\r\033[2K";
        waiting = "";
        return over;
    }
}
