package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.port.Starter;
import java.util.List;
import java.util.Optional;

/**
 * Where a supervisord that is no unit would be born: in a child of ours, which inherits our sandbox and lives in our unit (S14). And where
 * Rollcall is: in supervisord's own unit it would end with it, and nobody would start anything.
 */
record Birthplace(Starter starter, Run run, Site site) {
    void check() throws Refusal {
        Optional<ProcessIdentity> alive =
                site.alive().map(s -> s.identity(site.table().bootId()));
        String tried = site.alive()
                .map(s -> "tried to restart supervisord (pid " + s.pid() + ") but ")
                .orElse("tried to start supervisord but ");
        Optional<Starter.Surrounding> around = around(alive);
        if (around.filter(Starter.Surrounding::shared).isPresent()
                && site.unit().filter(u -> u.killMode().endsAll()).isPresent()) {
            throw Refusal.atPreflight(
                    "INSIDE_TARGET",
                    tried + "Rollcall lives in " + around.get().unit()
                            + " with it, which ends with all its processes; run rollcall from outside, e.g. with systemd-run --scope");
        }
        if (!isOurs()) {
            return;
        }
        if (alive.isPresent()) {
            Starter.Birth birth = starter.birth(alive.get());
            checkSandbox(tried, birth);
            tellOutput(birth.lost());
        }
        if (around.isPresent() && !around.get().shared()) {
            String unit = around.get().unit();
            throw Refusal.atPreflight("ENDS_WITH_UNIT", tried + "a new one would " + ends(unit) + "; " + remedy(unit));
        }
    }

    private Optional<Starter.Surrounding> around(Optional<ProcessIdentity> alive) throws Refusal {
        try {
            return starter.around(alive);
        } catch (Starter.NoAnswerException e) {
            throw Refusal.silent(e.sentence());
        }
    }

    /** For one that was started where a run that had been cut off was taken up: its preflight was elsewhere, and the service was down. */
    void tell() {
        if (isOurs()) {
            try {
                starter.around(Optional.empty())
                        .ifPresent(around -> run.found(Finding.error(
                                "ENDS_WITH_UNIT",
                                "the new supervisord will " + ends(around.unit()),
                                remedy(around.unit()))));
            } catch (Starter.NoAnswerException e) {
                run.found(Finding.warning("SYSTEMD_SILENT", e.sentence(), ""));
            }
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
                    tried + "a new one would inherit from Rollcall what the one that runs does not have: "
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

    private void tellOutput(List<String> lost) {
        if (!lost.isEmpty()) {
            run.found(Finding.warning(
                    "OUTPUT_LOST",
                    "what supervisord and programs that log to /dev/fd/1 or /dev/fd/2 write will not arrive any more where it does now: "
                            + String.join(", ", lost),
                    "have it written to files by logfile= and stdout_logfile=, or make supervisord a systemd unit"));
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
