package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Processes;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor.Contact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What preflight found out about the target.
 *
 * @param alive the supervisord that runs, or nothing
 * @param unit the systemd unit that ends with it
 * @param programs as loaded, or as the files say if none runs
 * @param spared bystanders of the last roll
 * @param cutOff the run before, if it has no end
 * @param here whether a process in another mount namespace certainly is of this place
 */
record Site(
        SupervisorConf conf,
        ServerAddress server,
        Optional<Roll.Supervisord> alive,
        Optional<Starter.Unit> unit,
        List<Program> programs,
        StartRecipe recipe,
        Set<ProcessIdentity> spared,
        Optional<CutOff> cutOff,
        ProcessTable table,
        Predicate<ProcessEntry> here,
        List<Finding> findings) {

    Site {
        programs = List.copyOf(programs);
        spared = Set.copyOf(spared);
        findings = List.copyOf(findings);
    }

    /** Whether the supervisord of a roll lives, and is the one that answers now. */
    boolean isAnswered(Contact now, String bootId, Processes processes) {
        return now.up()
                && supervisord(bootId)
                        .filter(then -> then.pid() == now.pid() && processes.alive(then))
                        .isPresent();
    }

    /** The same target, seen later. */
    Site now(List<Program> programsNow, Set<ProcessIdentity> sparedNow, ProcessTable tableNow) {
        return new Site(conf, server, alive, unit, programsNow, recipe, sparedNow, cutOff, tableNow, here, findings);
    }

    /** Programs as they were while the service was up; nothing if nobody knows. */
    List<Program> former() {
        return cutOff.map(CutOff::programs).orElse(alive.isPresent() ? programs : List.of());
    }

    Optional<ProcessIdentity> supervisord(String bootId) {
        return alive.map(s -> s.identity(bootId));
    }

    /** Where supervisord is: one in the foreground stays where it was started. */
    Standpoint standpoint() {
        boolean stays = conf.directory().isEmpty() || recipe.foreground();
        return new Standpoint(stays ? recipe.directory() : conf.directory());
    }

    Premises premises(ProcessTable now, long supervisordPid, Set<ProcessIdentity> sparedToo) {
        CommandScript scripts = new CommandScript(this);
        return new Premises(
                now, supervisordPid, new Premises.Supervision(server.url(), programs, scripts::text, here), sparedToo);
    }

    Premises premises(ProcessTable now) {
        return premises(now, alive.map(Roll.Supervisord::pid).orElse(0L), spared);
    }
}
