package dev.rollcall.cli;

import dev.rollcall.core.Finding;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Killed;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Survivor;
import dev.rollcall.engine.Progress;
import dev.rollcall.engine.Request;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal.Holder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;

/** Shows a run to whoever asked: text that a person reads at night, or one JSON document and nothing else. */
final class Screen {
    /** How long what was told of a run may take to be printed once it is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final Ink ink;
    private final Spool spool;

    private Screen(PrintWriter out, PrintWriter err, boolean json, Ink ink) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.ink = ink;
        this.spool = new Spool(json ? err : out);
    }

    static Screen of(CommandLine command, boolean json) {
        return new Screen(command.getOut(), command.getErr(), json, Ink.ofStdout());
    }

    Progress progress() {
        return json ? new Announcer(spool) : new Ticker(spool, ink);
    }

    /** The run is over: what was told of it comes before what comes now. */
    void settle() {
        PrintWriter to = json ? err : out;
        to.print(spool.close(PATIENCE));
        to.flush();
    }

    static String line(String sentence) {
        return "rollcall: " + sentence + System.lineSeparator();
    }

    /** To stderr, beside the result. */
    void say(String sentence) {
        err.print(line(sentence));
        err.flush();
    }

    void show(Result result) {
        if (json) {
            out.println(Json.pretty(result));
            return;
        }
        findings(result.findings());
        for (Killed killed : result.killed()) {
            out.println("  killed " + killed.pid() + "  " + killed.kind().word() + " process of " + killed.node() + " ("
                    + killed.signal() + ")");
        }
        for (Survivor survivor : result.survivors()) {
            out.println(ink.bad("  alive ") + survivor.pid() + "  "
                    + survivor.kind().word() + " process of " + survivor.node() + ": " + survivor.reason());
        }
        for (InterruptedTask task : result.interruptedTasks()) {
            out.println(ink.warn("  interrupted ") + task.name() + " " + task.id() + ": "
                    + task.fate().word());
        }
        last(result);
    }

    void showPlan(Result result) {
        if (json) {
            out.println(Json.pretty(result));
            return;
        }
        Roll roll = result.roll();
        if (roll != null) {
            new Tree(roll, ink).lines().forEach(out::println);
        }
        findings(result.findings());
        last(result);
    }

    int showRoll(Result result) {
        Roll roll = result.roll();
        if (roll == null) {
            show(result);
            return result.exitCode();
        }
        if (json) {
            out.println(Json.pretty(roll));
        } else {
            new Tree(roll, ink).lines().forEach(out::println);
            findings(result.findings());
            out.println(roll.answeredNodes() + " of " + roll.expectedNodes() + " nodes answered over "
                    + roll.remoteControl());
        }
        return 0;
    }

    int busy(Holder holder, Request request) {
        String sentence = "tried to restart " + request.conf() + " but run " + holder.runId() + " (pid " + holder.pid()
                + ", by " + holder.requestedBy() + ", since " + holder.since()
                + ") holds it; wait for it, see: rollcall runs "
                + holder.runId();
        return refused(Refusals.busy(holder.runId(), request, sentence));
    }

    /** What never became a run. */
    int refused(Result result) {
        Problem problem = Objects.requireNonNull(result.error(), "a refusal has a reason");
        if (json) {
            out.println(Json.pretty(result));
        } else {
            say(problem.message());
        }
        return result.exitCode();
    }

    /** @param run the one that was asked for; empty if none was */
    int nothingToResume(String run) {
        String sentence = run.isEmpty()
                ? "Nothing to resume: no run was cut off, and none has left the service down."
                : "Nothing to resume: run " + run + " is over, or a later one has brought the service up.";
        return nothingToDo(run, "NOTHING_TO_RESUME", sentence);
    }

    int abandoned(String run) {
        return nothingToDo(
                run, "ABANDONED", "Run " + run + " is given up: its journal is closed, nothing else was done.");
    }

    private int nothingToDo(String run, String code, String sentence) {
        if (json) {
            out.println(Json.pretty(Refusals.nothingToDo(run, code, sentence)));
        } else {
            out.println(sentence);
        }
        return 0;
    }

    /** @param conf of the supervisord; empty if none was found */
    void showCheck(List<Finding> findings, Optional<Path> conf) {
        if (json) {
            out.println(Json.pretty(findings));
            return;
        }
        findings(findings);
        boolean bad = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
        boolean closed = findings.stream().anyMatch(f -> f.code().equals("BLACKOUT"));
        String begins = closed ? " can begin when the blackout is over." : " can begin.";
        out.println(
                bad || conf.isEmpty()
                        ? ink.bad("There is something to mend.")
                        : ink.good("A restart of " + conf.get() + begins));
    }

    private void findings(List<Finding> findings) {
        for (Finding finding : findings) {
            String severity = finding.severity().word();
            String mark =
                    switch (finding.severity()) {
                        case INFO -> ink.faint(severity);
                        case WARNING -> ink.warn(severity);
                        case ERROR -> ink.bad(severity);
                    };
            out.println("  " + mark + " " + finding.code() + ": " + finding.message());
            if (!finding.fix().isEmpty()) {
                out.println("    fix: " + finding.fix());
            }
        }
    }

    /** What is true now and what to do next. */
    private void last(Result result) {
        Problem error = result.error();
        String sentence = error == null ? Conclusion.of(result) : error.message() + " [" + error.code() + "]";
        boolean good = result.exitCode() == 0;
        String journal = result.journal() == null ? "" : ink.faint("  journal: " + result.journal());
        boolean unknown = result.service() == Service.UNKNOWN;
        String head = result.outcome() == Outcome.REFUSED && !result.changed()
                ? "Nothing was changed: "
                : result.exitCode() == 6 ? "THE SERVICE " + (unknown ? "MAY BE" : "IS") + " DOWN: " : "";
        out.println(good ? ink.good(sentence) : ink.bad(head + sentence));
        if (!journal.isEmpty()) {
            out.println(journal);
        }
        out.flush();
    }
}
