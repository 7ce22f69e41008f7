package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Fold;
import dev.rollcall.core.Result;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
                    r.outcome().name().toLowerCase(java.util.Locale.ROOT),
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
        Journal journal = machine.journal(common.stateDir(common.config()));
        return runId == null ? list(journal) : show(journal, RunName.find(journal, runId));
    }

    private int list(Journal journal) {
        List<Summary> runs = journal.runs().stream()
                .limit(limit)
                .flatMap(id -> journal.read(id).stream())
                .filter(entries -> !entries.isEmpty())
                .map(entries -> Summary.of(Fold.result(entries)))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (output.equals("json")) {
            out.println(Json.pretty(runs));
            return 0;
        }
        if (runs.isEmpty()) {
            out.println("no runs yet");
        }
        for (Summary run : runs) {
            out.printf(
                    "%s  %-12s %-13s exit %d  %6.1f s  by %s%n",
                    run.runId(),
                    run.target(),
                    run.outcome(),
                    run.exitCode(),
                    run.durationMs() / 1000.0,
                    run.requestedBy());
        }
        return 0;
    }

    private int show(Journal journal, String id) {
        List<Entry> entries = Optional.of(journal.read(id)).get().orElse(List.of());
        Result result = Fold.result(entries).at(journal.path(id).toString());
        PrintWriter out = spec.commandLine().getOut();
        if (output.equals("json")) {
            out.println(Json.pretty(result));
            return 0;
        }
        entries.forEach(entry -> out.println(EventCodec.document(entry)));
        Screen.of(spec.commandLine(), false).show(result);
        return 0;
    }
}
