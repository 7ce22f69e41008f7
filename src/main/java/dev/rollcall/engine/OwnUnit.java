package dev.rollcall.engine;

import dev.rollcall.core.Exposure;
import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Roll;
import dev.rollcall.core.StopBudget;
import dev.rollcall.port.Starter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the systemd unit that supervisord is does to the processes in it, of its own accord. */
final class OwnUnit {
    private final Starter starter;
    private final Site site;
    private final Optional<Starter.Unit> unit;

    OwnUnit(Starter starter, Site site) {
        this.starter = starter;
        this.site = site;
        unit = Optional.of(site.recipe().unit()).filter(name -> !name.isEmpty()).flatMap(starter::unit);
    }

    /** Whether its stop reaches pool processes too, whose tasks are cut short then. */
    boolean signalsAll() {
        return unit.filter(u -> u.killMode() == Starter.KillMode.CONTROL_GROUP && !u.stopsThroughMain())
                .isPresent();
    }

    Exposure with(Exposure exposure, ProcessTable table, Roll roll) {
        return unit.filter(u -> u.killMode().endsAll() && site.alive().isPresent())
                .map(u -> exposure.with(u.name(), starter.residents(u.name()), table, roll))
                .orElse(exposure);
    }

    /** What running tasks cannot rely on: where systemd stops it, systemd's signal and patience count, not supervisord's. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        unit.filter(u -> !u.stopsThroughMain() && site.alive().isPresent()).ifPresent(u -> {
            Duration needed = StopBudget.of(site.programs());
            if (signalsAll()) {
                findings.add(Finding.warning(
                        "UNIT_SIGNALS_ALL",
                        "systemd stops " + u.name()
                                + " by a signal to every process in it, pool processes too: running tasks are cut short",
                        "set KillMode=process or mixed (systemctl edit " + u.name() + ")"));
            }
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
}
