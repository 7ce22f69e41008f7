package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks configuration and host, and says what to mend; touches nothing. */
@Command(
        name = "check",
        description = "Check configuration and host; say what to mend.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private final Machine machine;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Spec
    private CommandSpec spec;

    /** The rest is filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    CheckCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() throws UsageException, Engine.Busy {
        Resolved resolved = Resolved.of(common, options, true);
        Result result = machine.engine(resolved.stateDir(), new Interrupt()).run(resolved.request(), Progress.NONE);
        List<Finding> findings = new ArrayList<>(result.findings());
        stateDir(resolved.stateDir(), findings);
        Problem error = result.error();
        if (error != null) {
            findings.add(Finding.error(error.code(), error.message(), ""));
        }
        show(resolved, findings);
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR) ? 4 : 0;
    }

    private static void stateDir(Path dir, List<Finding> findings) {
        Path existing = dir;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add(Finding.error(
                    "STATE_NOT_WRITABLE",
                    "tried to check the state folder " + dir + " but " + existing
                            + " is not a folder that may be written",
                    "name another with --state-dir, or run as its owner"));
        }
    }

    private void show(Resolved resolved, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (resolved.json()) {
            out.println(Json.pretty(findings));
            return;
        }
        for (Finding finding : findings) {
            out.println(finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.code() + ": "
                    + finding.message());
            if (!finding.fix().isEmpty()) {
                out.println("    fix: " + finding.fix());
            }
        }
        boolean bad = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
        out.println(
                bad
                        ? "a restart would be refused"
                        : "a restart of " + resolved.request().conf() + " can begin");
    }
}
