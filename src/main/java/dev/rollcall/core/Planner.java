package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides who is killed, who is spared, and whether the restart may begin at all. Pure: the same roll gives the same plan. */
public final class Planner {
    private final Roll roll;
    private final List<Program> programs;
    private final Exposure exposure;
    private final Options options;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private Planner(Roll roll, List<Program> programs, Exposure exposure, Options options) {
        this.roll = roll;
        this.programs = programs;
        this.exposure = exposure;
        this.options = options;
    }

    /** Nothing is looked up and nothing is done. */
    public static Plan plan(Roll roll, List<Program> programs, Exposure exposure, Options options) {
        Planner planner = new Planner(roll, programs, exposure, options);
        planner.judgeGroupSignals();
        planner.judgeUnit();
        planner.judgeSilence();
        planner.noteTwins();
        planner.noteOrphans();
        planner.noteTasks();
        planner.noteUnwatched();
        planner.noteEmbeddedBeat();
        planner.noteOtherPrograms();
        return new Plan(planner.verdicts(), planner.refusals, planner.findings);
    }

    private List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Node node : roll.nodes()) {
            Verdict.Fate fate = node.orphan() ? Verdict.Fate.KILL : Verdict.Fate.KILL_IF_LEFT;
            String life = node.orphan() ? " of an earlier life of this supervisord" : "";
            verdicts.add(new Verdict(node.pid(), node.startTicks(), node.name(), fate, "main process" + life));
            for (Node.Pool pool : node.processes()) {
                verdicts.add(new Verdict(pool.pid(), pool.startTicks(), node.name(), fate, "pool process" + life));
            }
        }
        for (Bystander other : roll.bystanders()) {
            verdicts.add(new Verdict(
                    other.pid(), other.startTicks(), other.node(), Verdict.Fate.SPARE, "is no Celery process"));
        }
        return verdicts;
    }

    private void judgeGroupSignals() {
        for (Program program : programs) {
            List<Long> others = exposure.groups().getOrDefault(program.fullName(), List.of()).stream()
                    .map(Bystander::pid)
                    .toList();
            String means = groupSignal(program);
            if (!means.isEmpty() && program.pid() > 0) {
                judgeLoss(
                        program.fullName(),
                        means,
                        others,
                        "let its stop signal reach the main process alone",
                        "change that and run `supervisorctl update`");
            }
        }
    }

    private void judgeUnit() {
        String change = "set KillMode=process (systemctl edit " + exposure.unit() + ")";
        judgeLoss(
                exposure.unit(),
                "systemd ends every process of that unit with it, for its KillMode is not process",
                exposure.inUnit(),
                change,
                change);
    }

    private void judgeLoss(String stopped, String means, List<Long> lost, String fix, String change) {
        if (lost.isEmpty()) {
            return;
        }
        String pids = lost.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(", "));
        if (options.allowBystanderLoss()) {
            findings.add(Finding.warning(
                    "BYSTANDER_LOSS",
                    stopped + " will be stopped and " + means + ", which will reach bystanders (pid " + pids + ")",
                    fix));
        } else {
            refusals.add(new Problem(
                    "BYSTANDER_LOSS",
                    Step.INSPECT,
                    "tried to stop " + stopped + " but " + means
                            + ", which would kill processes that tasks detached (pid " + pids + "); " + change
                            + ", or allow it with --allow-bystander-loss",
                    true));
        }
    }

    private String groupSignal(Program program) {
        if (program.stopAsGroup()) {
            return "supervisord has it loaded with stopasgroup=true";
        }
        if (program.killAsGroup()) {
            return "supervisord has it loaded with killasgroup=true";
        }
        return exposure.wrapper(program)
                .map(name -> "it runs below " + name + ", which signals a whole process group")
                .orElse("");
    }

    private void judgeSilence() {
        for (Node node : roll.nodes()) {
            if (node.takesTasks() && !node.answered() && !roll.remoteControl().equals("none")) {
                String message =
                        "node " + node.name() + " (pid " + node.pid() + ") did not answer; it may be busy or deaf, "
                                + "its processes are taken from the process tree and its tasks are not known";
                findings.add(
                        Finding.warning("NODE_SILENT", message, "look at its log; a busy solo pool cannot answer"));
            }
        }
        // an orphan is ended in any case, and where no supervisord runs a refusal would keep the service down
        long silent = roll.nodes().stream()
                .filter(n -> n.takesTasks() && !n.answered() && !n.orphan() && roll.supervisord() != null)
                .count();
        if (silent > 0 && options.requireAnswers()) {
            refusals.add(new Problem(
                    "NODE_SILENT",
                    Step.INSPECT,
                    "tried to ask " + roll.expectedNodes() + " nodes what they run but " + silent
                            + " did not answer; mend them, give --inspect-timeout more, or go without --require-answers",
                    true));
        }
    }

    private void noteTwins() {
        Map<String, List<Node>> byName = roll.nodes().stream()
                .filter(n -> n.takesTasks() && !n.orphan())
                .collect(Collectors.groupingBy(Node::name, TreeMap::new, Collectors.toList()));
        byName.forEach((name, twins) -> {
            if (twins.size() > 1) {
                String pids = twins.stream().map(n -> Long.toString(n.pid())).collect(Collectors.joining(", "));
                findings.add(Finding.warning(
                        "TWIN_NODES",
                        "node name " + name + " is used by " + twins.size() + " main processes (pid " + pids
                                + "); they answer for each other",
                        "give each program a name of its own, e.g. -n %(program_name)s@%%h"));
            }
        });
    }

    private void noteOrphans() {
        for (Node node : roll.nodes()) {
            if (node.orphan()) {
                findings.add(Finding.info(
                        "ORPHAN",
                        "node " + node.name() + " (pid " + node.pid() + ") of " + node.program()
                                + " is left from an earlier life of this supervisord and will be ended",
                        ""));
            }
        }
    }

    /** Only what is certain: a cold stop cuts tasks short, a warm one may let them finish. */
    private void noteTasks() {
        Set<String> cold = programs.stream()
                .filter(p -> Ending.isCold(p.stopSignal(), "")
                        || p.stopAsGroup()
                        || exposure.wrapper(p).isPresent())
                .map(Program::fullName)
                .collect(Collectors.toSet());
        for (Node node : roll.nodes()) {
            if ((node.orphan() || cold.contains(node.program()))
                    && !node.tasks().isEmpty()) {
                String names = node.tasks().stream()
                        .limit(5)
                        .map(t -> t.name() + " " + t.id())
                        .collect(Collectors.joining(", "));
                findings.add(Finding.warning(
                        "TASKS_AT_RISK",
                        count(node.tasks().size()) + " on " + node.name() + " will be cut short: " + names,
                        "wait for them, or use a stopsignal that lets them finish (TERM)"));
            }
        }
    }

    /** {@code celery inspect} takes seconds a time: too long to be asked again while a node stops. */
    private void noteUnwatched() {
        if (roll.remoteControl().equals("exec") && roll.answeredNodes() > 0) {
            findings.add(Finding.info(
                    "TASKS_UNWATCHED",
                    "the nodes are asked once, by celery inspect: a task that begins after that is not named if the stop cuts it short",
                    "where a task may not be lost in silence, let it acknowledge late (acks_late)"));
        }
    }

    /** Where tasks run in the main process, its scheduler cannot be told from what a task has forked, unless by its title. */
    private void noteEmbeddedBeat() {
        Set<String> embedding = programs.stream()
                .filter(p -> CeleryCommand.embedsBeat(p.command()))
                .map(Program::fullName)
                .collect(Collectors.toSet());
        for (Node node : roll.nodes()) {
            String pool = node.pool();
            boolean unknown = pool != null && !CeleryCommand.hasPoolProcesses(pool);
            if (embedding.contains(node.program())
                    && unknown
                    && node.processes().isEmpty()) {
                findings.add(Finding.warning(
                        "BEAT_SPARED",
                        "the scheduler embedded in " + node.name()
                                + " is a child of it that is spared like any other; if it outlives its node, the schedule runs twice",
                        "run celery beat as a program of its own instead of -B"));
            }
        }
    }

    private static String count(int tasks) {
        return tasks + (tasks == 1 ? " running task" : " running tasks");
    }

    private void noteOtherPrograms() {
        Set<String> celery = roll.nodes().stream()
                .filter(n -> !n.orphan())
                .map(Node::program)
                .collect(Collectors.toSet());
        String others = programs.stream()
                .filter(p -> p.pid() > 0 && !celery.contains(p.fullName()))
                .map(Program::fullName)
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            findings.add(Finding.info("OTHER_PROGRAMS", "also restarted with supervisord: " + others, ""));
        }
        for (Program program : programs) {
            if (program.autostart()
                    && (program.state().equals("STOPPED") || program.state().equals("EXITED"))
                    && roll.supervisord() != null) {
                findings.add(Finding.warning(
                        "STOPPED_WILL_START",
                        program.fullName() + " is " + program.state()
                                + " now and will be started, for it has autostart=true",
                        "set autostart=false to keep it down"));
            }
        }
    }
}
