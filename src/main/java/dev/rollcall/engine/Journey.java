package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.port.Commands;
import dev.rollcall.routes.BrokenRoute;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends a run along its route, in a Camel context of its own. */
final class Journey {
    private final Engine.Parts parts;
    private final Interrupt interrupt;
    private final HeadStart headStart;
    private final Duration hookLimit;

    Journey(Engine.Parts parts, Interrupt interrupt, HeadStart headStart, Duration hookLimit) {
        this.parts = parts;
        this.interrupt = interrupt;
        this.headStart = headStart;
        this.hookLimit = hookLimit;
    }

    Result go(String route, Run run) {
        Optional<Result> done = route.equals("resume") ? Optional.empty() : new TokenDone(parts.journal()).end(run);
        try {
            return done.orElseGet(() -> travel(route, run));
        } catch (BrokenRoute broken) { // somebody has written it since it was tried
            Problem problem = new Problem(BrokenRoute.CODE, Step.PREFLIGHT, broken.getMessage(), true);
            run.note(new Event.RunEnded(
                    Outcome.REFUSED, 4, run.hasFinishedAnother(), Service.UNKNOWN, run.downtime(), problem));
            return run.result();
        }
    }

    private Result travel(String route, Run run) {
        ExecutorService threads = Executors.newCachedThreadPool(Journey::daemon);
        CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
        Commands commands = Pipeline.commands(pipeline);
        World world = new World(
                parts.supervisor(),
                parts.celery().apply(commands),
                parts.processes(),
                parts.starter(),
                parts.journal(),
                commands,
                parts.clock());
        try (Scouting scouting = new Scouting(world, run, threads);
                Pipeline started = start(route, run, world, scouting)) {
            pipeline.complete(started);
            Finish finish = new Finish(started.hooks());
            return new Rescue(world, finish).guard(run, () -> started.send(route, run));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Where the service may be down, a user's broken route does not keep it down. */
    private Pipeline start(String route, Run run, World world, Scouting scouting) {
        try {
            return start(headStart, world, scouting);
        } catch (BrokenRoute broken) {
            if (!route.equals("resume")) {
                throw broken;
            }
            run.found(Finding.warning(
                    BrokenRoute.CODE, broken.getMessage(), "this run goes by the packaged routes and calls no hook"));
            return start(HeadStart.begin(), world, scouting);
        }
    }

    private Pipeline start(HeadStart start, World world, Scouting scouting) {
        DefaultCamelContext camel = start.camel();
        Hooks hooks = Hooks.in(camel, parts.journal(), hookLimit);
        return Pipeline.start(Steps.byName(world, scouting, interrupt, hooks), camel, hooks);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scout");
        thread.setDaemon(true);
        return thread;
    }
}
