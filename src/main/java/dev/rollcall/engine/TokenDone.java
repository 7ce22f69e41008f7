package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.port.Journal;
import java.util.Optional;

/** Whether a run has succeeded with the token of this one. The journals tell: nothing on the host is looked at, and Camel is not waited for. */
final class TokenDone {
    private final Memory memory;

    TokenDone(Journal journal) {
        this.memory = new Memory(journal);
    }

    /** @return the end of this run, if there is nothing to do */
    Optional<Result> end(Run run) {
        Request request = run.request();
        String token = request.options().token();
        // a later run that has left something to finish goes before what this token's run achieved
        if (token == null || memory.facts(request.conf(), run.id()).cutOff().isPresent()) {
            return Optional.empty();
        }
        return memory.done(token, request.conf()).map(done -> end(run, done, token));
    }

    /** Who asks again because the connection was lost has not seen what the run has to say. */
    private static String reminder(Result done) {
        int tasks = done.interruptedTasks().size();
        boolean good = done.exitCode() == 0 && tasks == 0;
        return good
                ? ""
                : " (exit code " + done.exitCode() + ", interrupted tasks: " + tasks + "; see: rollcall runs "
                        + done.runId() + ")";
    }

    private static Result end(Run run, Result done, String token) {
        String sentence = "run " + done.runId() + " has succeeded with token " + token + " already" + reminder(done)
                + "; nothing to do";
        run.step(Step.PREFLIGHT, detail -> {
            detail.say(sentence);
            return done;
        });
        run.found(Finding.info("TOKEN_DONE", sentence, ""));
        run.note(new Event.RunEnded(
                Outcome.NOTHING_TO_DO, 0, run.hasFinishedAnother(), Service.UNKNOWN, run.downtime(), null));
        return run.result();
    }
}
