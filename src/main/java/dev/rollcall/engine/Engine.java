package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Result;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Processes;
import dev.rollcall.port.RunLog;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Carries out requests: takes the lock, looks at the target while Camel starts, sends the run through the route. */
public final class Engine {
    /** Another run holds the target. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Journal.Holder holder;

        Busy(Journal.Holder holder) {
            super("held by run " + holder.runId());
            this.holder = holder;
        }

        public Journal.Holder holder() {
            return holder;
        }
    }

    /** The parts of the world; remote control is made from the commands that the pipeline runs. */
    public record Parts(
            Supervisor supervisor,
            Function<Commands, Celery> celery,
            Processes processes,
            Starter starter,
            Journal journal,
            Clock clock) {}

    private final Parts parts;
    private final Interrupt interrupt;
    private final HeadStart headStart;

    /** An engine carries out one request. */
    public Engine(Parts parts, Interrupt interrupt, HeadStart headStart) {
        this.parts = parts;
        this.interrupt = interrupt;
        this.headStart = headStart;
    }

    /** A restart; or, for a dry run, the plan of one, which takes no lock and writes nothing. */
    public Result run(Request request, Progress progress) throws Busy {
        String id = RunId.at(parts.clock().now());
        if (request.dryRun()) {
            return go("plan", new Run(id, request, parts.clock(), Optional.empty(), progress));
        }
        Journal.Holder me = new Journal.Holder(
                id,
                ProcessHandle.current().pid(),
                request.requestedBy(),
                parts.clock().now());
        Journal.Lock lock = parts.journal().lock(request.conf(), me);
        if (lock instanceof Journal.Lock.Refused refused) {
            throw new Busy(refused.by());
        }
        try (Journal.Lock.Closer held = ((Journal.Lock.Taken) lock).closer();
                RunLog log = parts.journal()
                        .begin(
                                id,
                                realPath(request.conf()),
                                Optional.ofNullable(request.options().token()))) {
            Run run = new Run(id, request, parts.clock(), Optional.of(log), progress);
            Result result = go("restart", run).at(parts.journal().path(id).toString());
            parts.journal().prune(parts.clock().now());
            return result;
        }
    }

    private Result go(String route, Run run) {
        run.note(new Event.Requested(
                run.request().options(),
                run.request().dryRun(),
                run.request().requestedBy(),
                realPath(run.request().conf()),
                parts.processes().bootId()));
        ExecutorService threads = Executors.newCachedThreadPool(Engine::daemon);
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
                Pipeline started = Pipeline.start(steps(world, scouting, interrupt), headStart.camel())) {
            pipeline.complete(started);
            return new Rescue(world).guard(run, () -> started.send(route, run));
        } finally {
            threads.shutdownNow();
        }
    }

    /** The beans by the names that the routes use. */
    static Map<String, Object> steps(World world, Scouting scouting, Interrupt interrupt) {
        return Map.ofEntries(
                Map.entry("preflight", new PreflightStep(world, scouting, interrupt)),
                Map.entry("inspect", new InspectStep(world, scouting, interrupt)),
                Map.entry("persist", new PersistStep(world, interrupt)),
                Map.entry("drain", new DrainStep()),
                Map.entry("shutdown", new ShutdownStep(world)),
                Map.entry("kill", new KillStep(world)),
                Map.entry("nothingLeft", new NothingLeft()),
                Map.entry("start", new StartStep(world)),
                Map.entry("verify", new VerifyStep(world)),
                Map.entry("conclude", new Conclude()),
                Map.entry("refuse", new Refuse()),
                Map.entry("showPlan", new ShowPlan()));
    }

    private static String realPath(Path conf) {
        try {
            return conf.toRealPath().toString();
        } catch (IOException e) {
            return conf.toAbsolutePath().normalize().toString();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scout");
        thread.setDaemon(true);
        return thread;
    }
}
