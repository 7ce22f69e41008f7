package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Roll;
import dev.rollcall.port.Starter;
import java.util.Optional;

/**
 * Where a supervisord that is no unit would be born: in a child of ours, which inherits our sandbox and lives in our unit (S14).
 * While one runs that is better off, it is not stopped; where none runs, a service that is up is worth more than a better place.
 */
record Birthplace(Starter starter, Run run, Site site) {
    void check() throws Refusal {
        if (site.alive().isEmpty()) {
            tell();
        } else if (isOurs()) {
            compare(site.alive().get());
        }
    }

    private void compare(Roll.Supervisord alive) throws Refusal {
        ProcessIdentity identity = alive.identity(site.table().bootId());
        String tried = "tried to restart supervisord (pid " + alive.pid() + ") but a new one would ";
        checkSandbox(tried, starter.birth(identity));
        Optional<String> unit = starter.unitAround(Optional.of(identity));
        if (unit.isPresent()) {
            throw Refusal.atPreflight("ENDS_WITH_UNIT", tried + ends(unit.get()) + "; " + remedy(unit.get()));
        }
    }

    /** For one that is started whatever comes of it: the service is down. */
    void tell() {
        if (isOurs()) {
            starter.unitAround(Optional.empty())
                    .ifPresent(unit -> run.found(
                            Finding.error("ENDS_WITH_UNIT", "the new supervisord will " + ends(unit), remedy(unit))));
        }
    }

    private boolean isOurs() {
        return site.recipe().unit().isEmpty()
                && !run.request().options().scope().equals("programs");
    }

    private void checkSandbox(String tried, Starter.Birth birth) throws Refusal {
        if (!birth.confined().isEmpty()) {
            throw Refusal.atPreflight(
                    "SANDBOXED",
                    tried + "inherit from Rollcall what the one that runs does not have: "
                            + String.join("; ", birth.confined())
                            + "; run Rollcall without that (for its unit: remove hardening.conf), or make supervisord a systemd unit");
        }
        if (birth.oomScore() > 0) {
            run.found(Finding.warning(
                    "OOM_SCORE",
                    "the new supervisord will have an oom_score_adj that is " + birth.oomScore()
                            + " higher than before: it is killed sooner when memory runs out",
                    "run Rollcall with the usual one, e.g. without OOMScoreAdjust="));
        }
    }

    private static String ends(String unit) {
        return "live in " + unit + ", and systemd kills whatever is left in that when it ends or is stopped";
    }

    private static String remedy(String unit) {
        return "set KillMode=process in " + unit
                + ", run Rollcall in a scope of its own (systemd-run --scope rollcall ...), or make supervisord a systemd unit";
    }
}
