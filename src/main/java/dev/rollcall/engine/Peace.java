package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Window;
import java.util.Optional;

/** No run starts in a blackout, unless it was asked to override. */
final class Peace {
    private static final String CODE = "BLACKOUT";

    private Peace() {}

    /** A plan only tells of it. */
    static void keep(Run run) throws Refusal {
        Request request = run.request();
        Optional<Window> blackout = request.blackout();
        // one whose shutdown had begun is finished in a blackout too
        if (blackout.isEmpty() || run.voided().isPresent()) {
            return;
        }
        String window = "blackout " + blackout.get().name() + ", which ends at "
                + blackout.get().until();
        String fix = "ask again then, or with --override";
        if (request.options().override()) {
            run.found(Finding.info(CODE, "goes through in " + window + ", for that was asked for (override)", ""));
        } else if (request.dryRun()) {
            run.found(Finding.warning(CODE, "a restart is refused now: no run starts in " + window, fix));
        } else {
            throw Refusal.atPreflight(
                    CODE,
                    "tried to restart " + request.conf() + " but no run starts in " + window + "; " + fix
                            + ", or finish a run that was cut off with: rollcall resume");
        }
    }
}
