package dev.rollcall.trigger.timer;

import dev.rollcall.core.Problem;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts everything, the same key as the same run, unless it is told otherwise. */
final class FakeIntake implements Intake {
    final List<Ask> asked = new CopyOnWriteArrayList<>();
    /** Run ids by key, in order. */
    final Map<String, String> runs = new LinkedHashMap<>();

    Optional<Answer.Why> declines = Optional.empty();
    Optional<RuntimeException> breaks = Optional.empty();

    @Override
    public synchronized Answer ask(Ask ask) {
        asked.add(ask);
        if (breaks.isPresent()) {
            throw breaks.get();
        }
        if (declines.isPresent()) {
            Answer.Why why = declines.get();
            return new Answer.Declined(why, new Problem(why.name(), null, "not now; later", true));
        }
        String key = ask.key().orElseThrow();
        boolean repeated = runs.containsKey(key);
        String run = runs.computeIfAbsent(key, k -> "run-" + (runs.size() + 1));
        return new Answer.Accepted(run, "default", false, repeated, Optional.empty());
    }

    synchronized List<String> keys() {
        return List.copyOf(runs.keySet());
    }
}
