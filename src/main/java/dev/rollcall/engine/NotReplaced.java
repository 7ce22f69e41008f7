package dev.rollcall.engine;

import dev.rollcall.core.DetachedWorkers;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Workers that supervisord does not hold, for their program has detached them. Nothing tells them from what a task has detached, so they
 * are spared; but they go on with old code, so somebody should know.
 */
final class NotReplaced {
    private static final String CODE = "WORKER_DETACHED";
    private static final String REMEDY =
            "let the program run celery worker in the foreground, without multi and --detach; end the old one by hand (TERM)";

    private NotReplaced() {}

    /** Of every program that does so: one that starts none yet will. */
    static List<Finding> before(Premises premises) {
        DetachedWorkers workers = new DetachedWorkers(premises);
        return workers.programs().stream()
                .map(program -> Finding.warning(CODE, sentence(program) + fate(workers.of(program)), REMEDY))
                .toList();
    }

    /** @param old whether it was there before the stop */
    static List<Finding> after(Premises premises, Predicate<ProcessEntry> old) {
        DetachedWorkers workers = new DetachedWorkers(premises);
        List<Finding> findings = new ArrayList<>();
        for (Program program : workers.programs()) {
            List<ProcessEntry> left = workers.of(program).stream().filter(old).toList();
            if (!left.isEmpty()) {
                String still = "; " + pids(left) + " of before was spared and is still there";
                findings.add(Finding.error(CODE, sentence(program) + still, REMEDY));
            }
        }
        return findings;
    }

    private static String sentence(Program program) {
        return program.fullName()
                + " starts Celery detached (celery multi or --detach), so supervisord does not hold it and a restart does not replace it";
    }

    private static String fate(List<ProcessEntry> alive) {
        return alive.isEmpty() ? "" : "; " + pids(alive) + " will be spared";
    }

    private static String pids(List<ProcessEntry> processes) {
        return processes.stream().map(e -> Long.toString(e.pid())).collect(Collectors.joining(", ", "process ", ""));
    }
}
