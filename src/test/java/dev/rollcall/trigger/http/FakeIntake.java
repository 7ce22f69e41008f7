package dev.rollcall.trigger.http;

import dev.rollcall.core.Problem;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Remembers what it was asked and answers as it is told to. */
final class FakeIntake implements Intake {
    final List<Ask> asked = new CopyOnWriteArrayList<>();
    volatile Function<Ask, Answer> says = ask -> accepted("20261123T103000Z-4f2a9c");

    static Answer accepted(String runId) {
        return new Answer.Accepted(runId, "default", false, false, Optional.empty());
    }

    static Answer declined(Answer.Why why, String code) {
        return new Answer.Declined(why, new Problem(code, null, "tried to accept it but no; ask later", false));
    }

    @Override
    public Answer ask(Ask ask) {
        asked.add(ask);
        return says.apply(ask);
    }
}
