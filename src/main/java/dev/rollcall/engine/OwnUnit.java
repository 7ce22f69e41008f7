package dev.rollcall.engine;

import dev.rollcall.core.Exposure;
import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Roll;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Starter.NoAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the systemd unit that ends with supervisord does to the processes in it, of its own accord. */
record OwnUnit(Starter starter, Site site) {

    static Optional<Starter.Unit> of(Starter starter, ProcessIdentity supervisord, StartRecipe recipe) throws Refusal {
        Optional<Starter.Unit> unit;
        try {
            unit = starter.unit(supervisord);
        } catch (NoAnswerException e) {
            throw Refusal.silent(e.sentence());
        }
        if (recipe.unit().isEmpty() && unit.filter(Starter.Unit::main).isPresent()) {
            throw Refusal.silent("tried to ask systemd about " + unit.get().name()
                    + " but got an answer only the second time; run this again");
        }
        return unit;
    }

    Exposure with(Exposure exposure, ProcessTable table, Roll roll) {
        return site.unit()
                .filter(u -> u.killMode().endsAll())
                .flatMap(u -> site.supervisord(table.bootId())
                        .map(s -> exposure.with(u.name(), starter.residents(s), table, roll)))
                .orElse(exposure);
    }

    /** What running tasks cannot rely on: where systemd stops it, systemd's signal and patience count, not supervisord's. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        site.unit().filter(Starter.Unit::stopsThroughSystemd).ifPresent(u -> {
            if (u.stopSignalsAll()) {
                findings.add(signalsAll(u));
            }
            Duration needed = StopBudget.of(site.programs());
            u.stopLimit()
                    .filter(limit -> limit.compareTo(needed) < 0)
                    .ifPresent(limit -> findings.add(Finding.warning(
                            "UNIT_STOP_TIMEOUT",
                            "systemd kills " + u.name() + " " + limit.toSeconds()
                                    + " s after it was asked to stop, and its programs may take " + needed.toSeconds()
                                    + " s: a task that runs longer is cut short",
                            "set TimeoutStopSec=" + needed.toSeconds() + " (systemctl edit " + u.name() + ")")));
        });
        return findings;
    }

    static Finding signalsAll(Starter.Unit unit) {
        return Finding.warning(
                "UNIT_SIGNALS_ALL",
                "systemd stops " + unit.name()
                        + " by a signal to every process in it, pool processes too: running tasks are cut short",
                "set KillMode=process (systemctl edit " + unit.name() + ")");
    }
}
