package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
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

    Optional<Refused> of(Run run) {
        Request request = run.request();
        String token = request.options().token();
        // a later run that has left something to finish goes before what this token's run achieved
        if (token == null || memory.facts(request.conf(), run.id()).cutOff().isPresent()) {
            return Optional.empty();
        }
        return memory.done(token, request.conf()).map(done -> refused(run, done, token));
    }

    private static Refused refused(Run run, Result done, String token) {
        String sentence = "run " + done.runId() + " has succeeded with token " + token + " already; nothing to do";
        Problem problem = new Problem("TOKEN_DONE", Step.PREFLIGHT, sentence, true);
        return run.step(Step.PREFLIGHT, detail -> {
            detail.say(sentence);
            return new Refused(run, problem, Outcome.NOTHING_TO_DO, 0, Service.UNKNOWN);
        });
    }
}
