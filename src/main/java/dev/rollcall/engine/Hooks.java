package dev.rollcall.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Event.StepDone.Ended;
import dev.rollcall.core.Masked;
import dev.rollcall.core.Result;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The user's routes that a run calls. Each call is made in a thread of its own with a limit of time: whatever a user's route does, the run goes on, short of
 * ending the process.
 */
final class Hooks {
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** What is looked at while a hook takes its time. */
    interface Meanwhile<X extends Exception> {
        void look() throws X;
    }

    private final CamelContext context;
    private final Journal journal;
    private final Map<Hook, String> places;
    private final Duration limit;
    private final List<Thread> threads = new ArrayList<>();

    private Hooks(CamelContext context, Journal journal, Map<Hook, String> places, Duration limit) {
        this.context = context;
        this.journal = journal;
        this.places = places;
        this.limit = limit;
    }

    /** Those that the route files of this context define. */
    static Hooks in(DefaultCamelContext context, Journal journal, Duration limit) {
        return new Hooks(context, journal, Hook.placesIn(context), limit);
    }

    /**
     * Calls the hook if there is one, and notes how that went.
     *
     * @param document the result as it is now, or as it would be
     * @return a sentence if it has failed
     */
    <X extends Exception> Optional<String> call(Hook hook, Run run, Result document, Meanwhile<X> meanwhile) throws X {
        String place = places.get(hook);
        if (place == null) {
            return Optional.empty();
        }
        FutureTask<Void> task = new FutureTask<>(() -> send(hook, run, document), null);
        Thread thread = new Thread(task, "hook-" + hook.word());
        thread.setDaemon(true);
        threads.add(thread);
        long began = System.nanoTime();
        thread.start();
        try {
            Optional<String> why = await(hook, run, task, meanwhile);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            run.note(
                    new Event.HookCalled(hook.word(), why.isEmpty() ? Ended.OK : Ended.FAILED, millis, why.orElse("")));
            return why.map(cause -> "tried to call the hook " + hook.uri() + " of " + place + " but " + cause
                    + "; mend that route, or take it out of routes_dir");
        } finally {
            task.cancel(true);
        }
    }

    private <X extends Exception> Optional<String> await(
            Hook hook, Run run, FutureTask<Void> task, Meanwhile<X> meanwhile) throws X {
        long began = System.nanoTime();
        while (true) {
            try {
                task.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.empty();
            } catch (TimeoutException e) {
                meanwhile.look();
                if (System.nanoTime() - began >= limit.toNanos()) {
                    return Optional.of("it has not come back within " + limit.toSeconds() + " s");
                }
                run.progress().waiting("the hook " + hook.word());
            } catch (ExecutionException e) {
                return Optional.of(words(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("nobody waited for it");
            }
        }
    }

    private void send(Hook hook, Run run, Result document) {
        ProducerTemplate template = context.createProducerTemplate();
        Result whole = document.at(journal.path(run.id()).toString());
        template.sendBodyAndHeaders(hook.uri(), body(whole), headers(hook, run, whole));
    }

    private static String body(Result document) {
        try {
            return Json.MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }

    /** What most routes need, without reading the document. */
    private static Map<String, Object> headers(Hook hook, Run run, Result document) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("hook", hook.word());
        headers.put("run_id", document.runId());
        headers.put("target", document.target());
        headers.put("conf", run.request().conf().toString());
        headers.put("requested_by", document.requestedBy());
        headers.put("outcome", document.outcome().word());
        headers.put("exit_code", document.exitCode());
        headers.put("service", document.service().word());
        return headers;
    }

    /** The innermost cause says it best; what a user's route says may hold a password. */
    private static String words(Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return Masked.text(cause.toString()).replaceAll("\\s+", " ").strip();
    }

    /** Whether one of them has not ended although it was told to: nobody waits for it. */
    boolean areStuck() {
        return threads.stream().anyMatch(Thread::isAlive);
    }
}
