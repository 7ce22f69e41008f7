package dev.rollcall.trigger;

import dev.rollcall.config.OptionSet;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result document of a request that never became a run. */
public final class NoRun {
    private static final int BAD_REQUEST = 2;
    private static final int REFUSED = 4;

    private NoRun() {}

    /**
     * @param target as it was asked for, if that can be a name
     * @param by who asked
     */
    public static Result of(@Nullable Object target, String by, Problem why, Instant now) {
        int exit = why.code().equals("BLACKOUT") ? REFUSED : BAD_REQUEST;
        Event asked = new Event.Requested(OptionSet.asFarAsKnown(target), false, by, "", "");
        Event ended = new Event.RunEnded(Outcome.REFUSED, exit, false, Service.UNKNOWN, 0, why);
        return Fold.result(List.of(new Entry(1, now, "", asked), new Entry(2, now, "", ended)));
    }
}
