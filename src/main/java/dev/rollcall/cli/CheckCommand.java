package dev.rollcall.cli;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Checks configuration and host, and says what to mend; touches nothing. */
@Command(name = "check", description = "Check configuration and host; say what to mend.")
final class CheckCommand extends TargetCommand {
    CheckCommand(Machine machine) {
        super(machine);
    }

    @Override
    int run(Resolved resolved, Screen screen) throws Engine.Busy {
        Result result = look(resolved);
        List<Finding> findings = new ArrayList<>(result.findings());
        stateDir(resolved.stateDir(), findings);
        Problem error = result.error();
        if (error != null) {
            findings.add(Finding.error(error.code(), error.message(), ""));
        }
        screen.showCheck(findings, resolved.request().conf());
        int refused = result.exitCode() == 0 ? 4 : result.exitCode();
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR) ? refused : 0;
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
}
