package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import dev.rollcall.trigger.Runs;
import java.util.List;
import java.util.regex.Pattern;

/** The result document of one run. */
final class ShowRun implements Operation {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private final Runs runs;

    ShowRun(Runs runs) {
        this.runs = runs;
    }

    /** What cannot be a run's id is no run, and never reaches a file name. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static Reply unknown() {
        return Reply.problem(
                Status.NOT_FOUND,
                "RUN_UNKNOWN",
                "tried to find the run but there is none of this id; list the runs at /api/v1/runs");
    }

    @Override
    public Reply answer(Call call) throws UsageException {
        call.query().read(List.of());
        String id = call.part("id");
        return isId(id) ? runs.find(id).map(r -> Reply.json(200, r)).orElseGet(ShowRun::unknown) : unknown();
    }
}
