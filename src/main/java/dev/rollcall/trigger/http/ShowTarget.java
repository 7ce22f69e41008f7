package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.trigger.Runs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a restart of a target would do, or who is there now. */
final class ShowTarget implements Operation {
    private final Runs runs;
    private final Function<Result, Reply> view;

    private ShowTarget(Runs runs, Function<Result, Reply> view) {
        this.runs = runs;
        this.view = view;
    }

    static Operation plan(Runs runs) {
        return new ShowTarget(runs, plan -> Reply.json(200, plan));
    }

    static Operation roll(Runs runs) {
        return new ShowTarget(runs, plan -> Optional.ofNullable(plan.roll())
                .map(roll -> Reply.json(200, roll))
                .orElseGet(() -> noRoll(plan)));
    }

    /** The plan was refused before the roll could be taken, and says why. */
    private static Reply noRoll(Result plan) {
        Problem error = plan.error();
        return Reply.problem(
                Status.CONFLICT,
                error == null ? "NO_ROLL" : error.code(),
                error == null ? "tried to take the roll but the target has none; look at its plan" : error.message());
    }

    @Override
    public Reply answer(Call call) throws UsageException {
        call.query().read(List.of());
        return runs.plan(call.part("name"))
                .map(view)
                .orElseGet(
                        () -> Reply.problem(
                                Status.NOT_FOUND,
                                "TARGET_UNKNOWN",
                                "tried to find the target but the configuration has none of this name; name one of its targets"));
    }
}
