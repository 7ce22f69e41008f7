package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Nothing is begun that cannot be finished: supervisord is found, and what is on disk now would start (S5). */
final class PreflightStep {
    private static final Set<String> GOING =
            Set.of("SUPERVISORD_STOPPING", "SUPERVISORD_UNREACHABLE", "SUPERVISORD_CHANGED");

    private final World world;
    private final Scouting scouting;
    private final Interrupt interrupt;

    PreflightStep(World world, Scouting scouting, Interrupt interrupt) {
        this.world = world;
        this.scouting = scouting;
        this.interrupt = interrupt;
    }

    public Checked preflight(Run run) {
        try {
            return run.step(Step.PREFLIGHT, detail -> check(run, detail));
        } catch (Refusal refusal) {
            return goesAfterAll(run, refusal) ? refusal.whileDown(run, Service.UNKNOWN) : refusal.of(run);
        }
    }

    /** It may have been in systemd's queue when this run was cut off: such a run is not over (S8). */
    private static boolean goesAfterAll(Run run, Refusal refusal) {
        return run.voided().isPresent() && GOING.contains(refusal.problem().code());
    }

    private Cleared check(Run run, Run.Detail detail) throws Refusal {
        Site site = scouting.site();
        Peace.keep(run);
        if (site.alive().isPresent()) {
            checkAlive(site, site.alive().get());
        }
        new Birthplace(world.starter(), run, site).check();
        List<String> broken = new ArrayList<>(new StartCheck(site.recipe()).faults());
        new ReadCheck(world.starter(), site).fault().ifPresent(broken::add);
        new StartTrial(world, run, site).fault().ifPresent(broken::add);
        for (LaunchCheck.Fault fault : new LaunchCheck(site).faults()) {
            if (fault.fatal()) {
                broken.add(fault.sentence());
            } else {
                run.found(Finding.warning("WOULD_NOT_START", fault.sentence(), "mend it, or remove the program"));
            }
        }
        // a signal may have ended the trial
        interrupt.check(Step.PREFLIGHT);
        if (!broken.isEmpty()) {
            throw Refusal.atPreflight("WOULD_NOT_START", String.join("; ", broken));
        }
        site.findings().forEach(run::found);
        Ahead.of(run.request(), site, world).forEach(run::found);
        removed(site).ifPresent(run::found);
        detail.say(site.alive()
                .map(s -> "supervisord " + s.version() + ", pid " + s.pid() + ", "
                        + site.programs().stream().filter(Program::running).count() + " of "
                        + site.programs().size() + " programs running")
                .orElse("supervisord is not running"));
        return new Cleared(run, site);
    }

    private static Optional<Finding> removed(Site site) {
        Set<String> onDisk =
                site.conf().programs().stream().map(Program::fullName).collect(Collectors.toSet());
        String gone = site.programs().stream()
                .map(Program::fullName)
                .filter(name -> !onDisk.contains(name))
                .collect(Collectors.joining(", "));
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "PROGRAM_REMOVED",
                        "no longer in " + site.conf().path() + " and therefore not started again: " + gone,
                        "put it back into the file if that is not meant"));
    }

    private void checkAlive(Site site, Roll.Supervisord alive) throws Refusal {
        if (alive.pid() == 1) {
            throw Refusal.atPreflight(
                    "PID_ONE",
                    "tried to restart supervisord but it is pid 1 of this container, which ends with it; restart the container");
        }
        Optional<PidOne.Keeper> keeper = new PidOne(
                        site.table(), pid -> !world.processes().sharesMounts(pid, 1))
                .waitsFor(alive.pid(), site.recipe().foreground());
        if (keeper.isPresent()) {
            throw Refusal.atPreflight(
                    "ENDS_WITH_CONTAINER",
                    "tried to restart supervisord (pid " + alive.pid() + ") but it runs in the foreground "
                            + keeper.get().place(alive.pid())
                            + ": this container would end with it; restart the container");
        }
        ProcessIdentity identity = alive.identity(site.table().bootId());
        if (!world.processes().alive(identity)) {
            throw Refusal.atPreflight(
                    "SUPERVISORD_CHANGED", "supervisord (pid " + alive.pid() + ") has just gone; run this again");
        }
        long self = ProcessHandle.current().pid();
        if (site.table().descendants(alive.pid()).stream().anyMatch(e -> e.pid() == self)) {
            throw Refusal.atPreflight(
                    "INSIDE_TARGET",
                    "tried to restart supervisord (pid " + alive.pid()
                            + ") from a process below it, which might end with it; run rollcall from outside, e.g. with setsid --fork, or systemd-run --scope where supervisord is a unit");
        }
    }
}
