package dev.rollcall.trigger.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.config.UsageException;
import dev.rollcall.json.Json;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks for a run. Answers when the request is on disk, long before the run is over. */
final class AcceptRun implements Operation {
    static final String PATH = "/api/v1/runs/";

    /** Whoever could name a file or a command could do anything as the user that the engine runs as. */
    private static final List<String> NEVER = List.of("conf", "pidfile", "output");

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Intake intake;
    private final BooleanSupplier stopping;

    AcceptRun(Intake intake, BooleanSupplier stopping) {
        this.intake = intake;
        this.stopping = stopping;
    }

    @Override
    public Reply answer(Call call) throws UsageException {
        if (stopping.getAsBoolean()) {
            return Reply.problem(
                    Status.UNAVAILABLE,
                    "STOPPING",
                    "tried to accept the request but the engine is stopping; ask again when it is back");
        }
        call.query().read(List.of());
        Optional<String> key = key(call);
        Map<String, @Nullable Object> options = RequestBody.read(call.body());
        for (String word : NEVER) {
            if (options.containsKey(word)) {
                return Reply.problem(
                        Status.UNPROCESSABLE,
                        "BAD_REQUEST",
                        "tried to read the request but " + word
                                + " is not for HTTP; name a target of the configuration instead");
            }
        }
        Answer answer = intake.ask(new Ask(options, "http", key));
        return answer instanceof Answer.Accepted accepted ? accepted(accepted) : declined((Answer.Declined) answer);
    }

    /** Told apart from the names that other triggers give to their requests. */
    private static Optional<String> key(Call call) throws UsageException {
        Optional<String> given = call.header("Idempotency-Key");
        if (given.filter(k -> !KEY.matcher(k).matches()).isPresent()) {
            throw new UsageException(
                    "tried to read Idempotency-Key but it is not 1 to 255 visible ASCII characters; use e.g. a UUID");
        }
        return given.map(k -> "http:" + k);
    }

    private static Reply accepted(Answer.Accepted accepted) {
        String url = PATH + accepted.runId();
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("run_id", accepted.runId());
        document.put("status_url", url);
        document.put("target", accepted.target());
        document.put("joined", accepted.joined());
        document.put("repeated", accepted.repeated());
        document.put("not_before", accepted.notBefore().map(Object::toString).orElse(null));
        return Reply.json(202, document).with("Location", url);
    }

    private static Reply declined(Answer.Declined declined) {
        Status status =
                switch (declined.why()) {
                    case BAD_REQUEST, UNKNOWN_TARGET, KEY_REUSED -> Status.UNPROCESSABLE;
                    case BLACKOUT -> Status.CONFLICT;
                    case STOPPING -> Status.UNAVAILABLE;
                    case NOT_WRITABLE -> Status.NO_SPACE;
                };
        return Reply.problem(
                status, declined.problem().code(), declined.problem().message());
    }
}
