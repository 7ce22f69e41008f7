package dev.rollcall.cli;

import dev.rollcall.check.EngineCheck;
import dev.rollcall.config.ConfigFile;
import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.engine.Engine;
import dev.rollcall.request.Targets;
import dev.rollcall.routes.BrokenRoute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Checks configuration and host, and says what to mend; touches nothing. */
@Command(name = "check", description = "Check configuration and host; say what to mend.")
final class CheckCommand extends TargetCommand {
    private static final String CONFIGURATION = "CONFIGURATION";
    private static final int USAGE = 2;
    private static final int REFUSED = 4;

    private final List<Finding> findings = new ArrayList<>();

    CheckCommand(Machine machine) {
        super(machine);
    }

    /** All that is wrong is told at once: also what does not hinder a single restart, and what can be seen without a supervisord. */
    @Override
    public Integer call() throws UsageException, Engine.Busy {
        ConfigFile.Draft draft = common().draft();
        draft.problems().forEach(line -> findings.add(Finding.error(CONFIGURATION, line, "")));
        findings.addAll(EngineCheck.findings(draft.config(), Instant.now()));
        try {
            return super.call();
        } catch (UsageException e) {
            // an engine can be set up before the supervisord that it is for
            boolean early = e.code().equals(Targets.NO_CONF) && EngineCheck.concerns(draft.config());
            if (draft.problems().isEmpty() && !early) {
                throw e;
            }
            e.getMessage()
                    .lines()
                    .filter(line -> !draft.problems().contains(line))
                    .forEach(line -> findings.add(Finding.error(e.code(), line, "")));
            stateDir(common().stateDir(draft.config()));
            screen(wantsJson()).showCheck(findings, Optional.empty());
            return USAGE;
        }
    }

    List<Finding> findings() {
        return findings;
    }

    @Override
    int run(Resolved resolved, Screen screen) throws UsageException, Engine.Busy {
        Result result = look(isUnusable() ? resolved.withoutRoutes() : resolved);
        findings.addAll(result.findings());
        stateDir(resolved.stateDir());
        Problem error = result.error();
        if (error != null) {
            findings.add(Finding.error(error.code(), error.message(), ""));
        }
        screen.showCheck(findings, Optional.of(resolved.request().conf()));
        int refused = result.exitCode() == 0 ? (isUnusable() ? USAGE : REFUSED) : result.exitCode();
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR) ? refused : 0;
    }

    /** The configuration or its routes, as the engine would find them: that has been told, and the rest is to be told too. */
    private boolean isUnusable() {
        return findings.stream()
                .anyMatch(f -> f.code().equals(CONFIGURATION) || f.code().equals(BrokenRoute.CODE));
    }

    private void stateDir(Path dir) {
        try {
            Trust.check(dir, Trust.Kind.STATE);
        } catch (UsageException e) {
            e.getMessage().lines().forEach(line -> findings.add(Finding.error("STATE_UNUSABLE", line, "")));
            return;
        }
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
