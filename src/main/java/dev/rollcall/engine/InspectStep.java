package dev.rollcall.engine;

import dev.rollcall.core.Bystander;
import dev.rollcall.core.Bystanders;
import dev.rollcall.core.Event;
import dev.rollcall.core.Exposure;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Main;
import dev.rollcall.core.Node;
import dev.rollcall.core.Plan;
import dev.rollcall.core.Planner;
import dev.rollcall.core.Premises;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Roster;
import dev.rollcall.core.Step;
import dev.rollcall.port.Celery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the roll while the workers still answer: process tree, remote control and supervisord must agree or are reported. */
final class InspectStep {
    private final World world;
    private final Scouting scouting;
    private final Interrupt interrupt;

    InspectStep(World world, Scouting scouting, Interrupt interrupt) {
        this.world = world;
        this.scouting = scouting;
        this.interrupt = interrupt;
    }

    public Checked inspect(Cleared cleared) {
        Run run = cleared.run();
        try {
            return run.step(Step.INSPECT, detail -> take(run, cleared.site(), detail));
        } catch (Refusal refusal) {
            return refusal.of(run);
        }
    }

    private Inspected take(Run run, Site site, Run.Detail detail) throws Refusal {
        Celery.Line line = scouting.line();
        Premises premises = site.premises(world.processes().snapshot());
        List<Main> mains = new ArrayList<>(premises.mains());
        // its own roll, if it takes one again
        Optional.ofNullable(run.result().roll())
                .filter(before -> hasNoOtherSupervisord(before, site))
                .ifPresent(before -> mains.addAll(premises.left(before.nodes(), before.bootId(), mains)));
        site.cutOff().ifPresent(before -> mains.addAll(premises.left(before.nodes(), before.bootId(), mains)));
        Set<Long> pids = mains.stream()
                .filter(Main::takesTasks)
                .map(m -> m.process().pid())
                .collect(Collectors.toSet());
        // whoever is gone by now is not waited for
        scouting.asked().stream()
                .filter(pid -> premises.table().get(pid).isPresent())
                .forEach(pids::add);
        long asked = run.clock().nanos();
        List<Reply> replies = line.ask(pids, run.request().options().inspectTimeout());
        double ms = (run.clock().nanos() - asked) / 1e6;
        List<Node> nodes = new Roster(
                        premises, world.processes().host(), replies, process -> pids.contains(process.pid()))
                .choosing(line.pools())
                .nodes(mains);
        List<Bystander> bystanders = new Bystanders(premises, nodes).list();
        int answered = (int) nodes.stream().filter(Node::answered).count();
        int expected = (int) nodes.stream().filter(Node::takesTasks).count();
        Roll roll = new Roll(
                run.clock().now(),
                world.processes().host(),
                premises.table().bootId(),
                site.alive().orElse(null),
                expected,
                answered,
                line.means(),
                nodes,
                bystanders);
        report(run, site, line, roll);
        List<Long> known = roll.pids();
        premises.unsure().stream()
                .filter(clone -> !known.contains(clone.pid()))
                .forEach(clone -> run.found(unsure(clone)));
        SparedOrphans.before(premises, roll).forEach(run::found);
        NotReplaced.before(premises).forEach(run::found);
        OwnUnit unit = new OwnUnit(world.starter(), site);
        unit.findings().forEach(run::found);
        Exposure exposure = unit.with(Exposure.of(premises, bystanders), premises.table(), roll);
        Plan plan = Planner.plan(roll, site.programs(), exposure, run.request().options());
        plan.findings().forEach(run::found);
        detail.say(String.format(
                Locale.ROOT,
                "%d of %d nodes answered in %.1f ms, %d pool processes, %d active tasks, %d bystanders",
                answered,
                expected,
                ms,
                nodes.stream().mapToInt(n -> n.processes().size()).sum(),
                nodes.stream().mapToInt(n -> n.tasks().size()).sum(),
                bystanders.size()));
        Event.RollTaken taken = new Event.RollTaken(roll, journaled(site));
        refuse(run, taken, plan);
        interrupt.check(Step.INSPECT);
        return new Inspected(run, site, taken, line);
    }

    private static List<Program> journaled(Site site) {
        List<Program> programs = site.former().isEmpty() ? site.programs() : site.former();
        return programs.stream().map(Program::masked).toList();
    }

    private static Finding unsure(ProcessEntry clone) {
        return Finding.warning(
                "CLONE_SPARED",
                "process " + clone.pid()
                        + " looks like a Celery process of an earlier life but may be one that a task or a program has "
                        + "detached, or of another supervisord; it is spared",
                "look at it, and end it by hand if it is a leftover");
    }

    private static void refuse(Run run, Event.RollTaken taken, Plan plan) throws Refusal {
        if (!plan.refusals().isEmpty()) {
            // shown, not recorded: there is no permission to act in a note
            run.note(taken);
            Problem first = plan.refusals().get(0);
            plan.refusals().stream().skip(1).forEach(p -> run.found(Finding.error(p.code(), p.message(), "")));
            throw new Refusal(first);
        }
    }

    private void report(Run run, Site site, Celery.Line line, Roll roll) {
        line.findings().forEach(run::found);
        site.alive().ifPresent(supervisord -> {
            for (Bystander other : roll.bystanders()) {
                if (world.processes().writesTo(other.pid(), supervisord.pid())) {
                    run.found(Finding.warning(
                            "BYSTANDER_PIPE",
                            "bystander " + other.pid() + " (" + other.command()
                                    + ") writes to a pipe of supervisord and will die of SIGPIPE at its next output after the restart",
                            "start it with its output redirected to a file"));
                }
            }
        });
    }

    /** One that lives beside the one that answers has not agreed to go: its workers are its own. */
    private boolean hasNoOtherSupervisord(Roll before, Site site) {
        Optional<ProcessIdentity> then =
                Optional.ofNullable(before.supervisord()).map(s -> s.identity(before.bootId()));
        return then.equals(site.supervisord(before.bootId()))
                || then.filter(world.processes()::alive).isEmpty();
    }
}
