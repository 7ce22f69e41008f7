package dev.rollcall.celery;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import dev.rollcall.port.Commands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks through {@code celery inspect}: slow and blind to twins, but it speaks whatever the application speaks. */
final class ExecRemoteControl implements Transport {
    /** Below this, Celery's own client may put aged messages of other workers back on their queues. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);
    /** Python has to start and load the application before it can wait for anybody. */
    private static final Duration START = Duration.ofSeconds(8);

    private static final int NOBODY_REPLIED = 69;
    private static final Executor THREADS = work -> Search.thread(work).start();

    private final Commands commands;
    private final Confinement confinement;
    private final Inspection inspection;
    private final Findings findings;

    /**
     * How {@code celery inspect} is called.
     *
     * @param argv up to the word inspect
     * @param environment besides the worker's own
     */
    record Inspection(List<String> argv, Map<String, String> environment) {}

    ExecRemoteControl(Commands commands, Confinement confinement, Inspection inspection, Findings findings) {
        this.commands = commands;
        this.confinement = confinement;
        this.inspection = inspection;
        this.findings = findings;
    }

    @Override
    public String means() {
        return "exec";
    }

    @Override
    public long listeners() {
        return -1;
    }

    @Override
    public void connect(Deadline deadline) {}

    @Override
    public void ask(Inquiry inquiry, Deadline deadline) {
        Deadline enough = deadline.atLeast(SHORTEST_WAIT);
        CompletableFuture<List<Reply>> stats =
                CompletableFuture.supplyAsync(() -> replies(Answers.STATS, enough), THREADS);
        List<Reply> active = replies(Answers.ACTIVE, enough);
        inquiry.heard(stats.join());
        inquiry.heard(active);
        if (inquiry.full()) {
            findings.add(Envelope.tooMany());
        }
    }

    private List<Reply> replies(String method, Deadline deadline) {
        double wait = Math.max(SHORTEST_WAIT.toMillis(), deadline.left().toMillis()) / 1000.0;
        List<String> argv = new ArrayList<>(inspection.argv());
        argv.addAll(List.of("--json", "-t", Double.toString(wait), method));
        try {
            Duration limit = deadline.left().plus(START);
            return understood(method, commands.run(confinement.confine(argv, inspection.environment(), limit)));
        } catch (NoWayIn e) {
            findings.add(e.finding());
            return List.of();
        }
    }

    private List<Reply> understood(String method, Commands.Output output) {
        if (output.exit() == 0 && output.out().length <= Json.LARGEST) {
            return read(method, output.out());
        }
        if (output.exit() == NOBODY_REPLIED) {
            failed("EXEC_NO_REPLY", "no node replied", "the nodes may be busy, or their broker unreachable");
        } else {
            // its own words may hold what the application prints, so they are not repeated
            String ended = output.timedOut() ? "it did not end in time" : "it ended with exit code " + output.exit();
            String cause = output.exit() == 0 ? "it printed more than is read" : ended;
            failed("EXEC_FAILED", cause, "run the same command by hand as the worker's user");
        }
        return List.of();
    }

    private List<Reply> read(String method, byte[] out) {
        Printout printed = Printout.read(method, out);
        if (printed.noisy()) {
            findings.add(Finding.info(
                    "EXEC_NOISE", "celery inspect printed something that is no answer; it was skipped", ""));
        }
        if (!printed.answered()) {
            failed("EXEC_FAILED", "it printed no JSON", "exec_inspect must end in the word inspect");
        }
        return printed.replies();
    }

    private void failed(String code, String cause, String fix) {
        String command = Secrets.mask(String.join(" ", inspection.argv()));
        findings.add(Finding.warning(code, "tried to ask the nodes by " + command + " but " + cause, fix));
    }

    @Override
    public void close() {}
}
