package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.History;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the runs, or shows one with its events. */
@Command(
        name = "runs",
        description = "List the runs, or show one with its events.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunsCommand implements Callable<Integer> {
    /** One line of the list. */
    record Summary(
            String runId,
            String target,
            String outcome,
            int exitCode,
            String requestedBy,
            String startedAt,
            long durationMs) {
        static Summary of(Result r) {
            return new Summary(
                    r.runId(),
                    r.target(),
                    r.outcome().word(),
                    r.exitCode(),
                    r.requestedBy(),
                    r.startedAt().toString(),
                    r.durationMs());
        }
    }

    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--output", paramLabel = "FORM", defaultValue = "text", description = "text (default) or json.")
    private String output = "text";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many runs to list (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--target", paramLabel = "NAME", description = "Only runs of this target.")
    private @Nullable String target;

    @Parameters(arity = "0..1", paramLabel = "RUN_ID", description = "Show this run; its first characters are enough.")
    private @Nullable String runId;

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    RunsCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException {
        RunName.checkForm(output);
        if (limit < 0) {
            throw new UsageException("tried to read --limit but " + limit + " is no number of runs; write e.g. 20");
        }
        Journal journal = machine.journal(common.stateDir(common.config()));
        return runId == null ? list(journal) : show(journal, RunName.find(journal, runId));
    }

    private int list(Journal journal) {
        History history = new History(journal);
        List<Result> runs = journal.runs().stream()
                .flatMap(id -> brief(history, id))
                .filter(r -> target == null || target.equals(r.target()))
                .limit(limit)
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (output.equals("json")) {
            out.println(Json.pretty(runs.stream().map(Summary::of).toList()));
            return 0;
        }
        StringBuilder text = new StringBuilder();
        runs.forEach(run -> text.append(line(run)));
        out.print(runs.isEmpty() ? "no runs yet\n" : text);
        out.flush();
        return 0;
    }

    /** One journal that cannot be read must not hide the others. */
    private Stream<Result> brief(History history, String id) {
        try {
            return history.brief(id).stream();
        } catch (JournalException e) {
            spec.commandLine().getErr().println("rollcall: " + e.getMessage());
            return Stream.empty();
        }
    }

    private static String line(Result run) {
        String line = String.format(
                Locale.ROOT,
                "%s  %-12s %-13s exit %d  %6.1f s  by %s%n",
                run.runId(),
                run.target(),
                run.outcome().word(),
                run.exitCode(),
                run.durationMs() / 1000.0,
                run.requestedBy());
        boolean cutOff = run.outcome() == Outcome.INTERRUPTED && run.journal() != null;
        Problem error = run.error();
        return cutOff && error != null ? line + "    " + error.message() + System.lineSeparator() : line;
    }

    private int show(Journal journal, String id) {
        History history = new History(journal);
        Result result = history.whole(id);
        PrintWriter out = spec.commandLine().getOut();
        if (output.equals("json")) {
            out.println(Json.pretty(result));
            return 0;
        }
        history.entries(id).forEach(entry -> out.println(EventCodec.document(entry)));
        Screen.of(spec.commandLine(), false).show(result);
        return 0;
    }
}
