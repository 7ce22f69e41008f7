package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Processes;
import dev.rollcall.port.RunLog;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final Journey journey;

    public Engine(Parts parts, Interrupt interrupt, HeadStart headStart) {
        this(parts, interrupt, headStart, Hooks.LIMIT);
    }

    Engine(Parts parts, Interrupt interrupt, HeadStart headStart, Duration hookLimit) {
        this.parts = parts;
        this.interrupt = interrupt;
        this.journey = new Journey(parts, interrupt, headStart, hookLimit);
    }

    /** A restart; or, for a dry run, the plan of one, which takes no lock and writes nothing. */
    public Result run(Request request, Progress progress) throws Busy {
        return run(RunId.at(parts.clock().now()), request, progress);
    }

    /** The same, under an id that the caller has given out already. */
    public Result run(String id, Request request, Progress progress) throws Busy {
        if (request.dryRun()) {
            Run run = new Run(id, request, parts.clock(), Optional.empty(), progress);
            run.note(requested(request));
            return journey.go("plan", run);
        }
        try (Journal.Lock.Closer held = lock(id, request)) {
            Optional<Result> finished = finishStop(id, request, progress);
            return finished.filter(Engine::isStuck).isPresent()
                    ? finished.get()
                    : begin(id, request, finished, progress);
        }
    }

    private static boolean isStuck(Result finished) {
        return finished.service() != Service.UP;
    }

    /** @param finished what was done first */
    private Result begin(String id, Request request, Optional<Result> finished, Progress progress) {
        try (RunLog log = parts.journal().begin(id, Memory.paths(request.conf()), request.tokens())) {
            Run run = new Run(id, request, parts.clock(), Optional.of(log), progress);
            run.note(requested(request));
            progress.underWay(id);
            finished.ifPresent(f -> run.finishedFirst(f.runId()));
            Result result =
                    journey.go("restart", run).at(parts.journal().path(id).toString());
            new Memory(parts.journal())
                    .served(result, request.conf(), parts.clock().now());
            parts.journal().prune(parts.clock().now());
            return result;
        }
    }

    /** A run was cut off while its supervisord was on the way out: only that run knows what to end and how long to wait. */
    private Optional<Result> finishStop(String id, Request request, Progress progress) {
        Optional<CutOff> cutOff =
                new Memory(parts.journal()).facts(request.conf(), id).cutOff();
        Optional<Result> finished = cutOff.filter(
                        c -> c.supervisord().filter(parts.processes()::alive).isPresent())
                .flatMap(c -> goOn(c.runId(), request, request.requestedBy(), Optional.empty(), progress));
        interrupt.obey();
        // one that was refused since its supervisord had not heard has finished nothing
        return finished.filter(f -> f.outcome() == Outcome.SUCCEEDED || f.outcome() == Outcome.FAILED);
    }

    /**
     * Finishes a run that was cut off or that left the service down, under its own id and in its own journal.
     *
     * @param by who asks for it: cli, ansible or engine
     * @return nothing if there is nothing left to do
     */
    public Optional<Result> resume(String id, Request request, String by, Progress progress)
            throws Busy, SupersededException {
        try (Journal.Lock.Closer held = lock(id, request)) {
            Memory memory = Memory.forgiving(parts.journal());
            Optional<String> successor = memory.successor(request.conf(), id);
            if (successor.isPresent()) {
                throw new SupersededException(id, successor.get());
            }
            Standing standing = Standing.of(parts.journal().read(id).orElse(List.of()));
            if (standing != Standing.UNTOUCHED) {
                return goOn(id, request, by, Optional.empty(), progress);
            }
            Optional<Result> finished = finishStop(id, request, progress);
            Optional<Result> result =
                    finished.filter(Engine::isStuck).or(() -> goOn(id, request, by, finished, progress));
            result.ifPresent(r -> memory.served(r, request.conf(), parts.clock().now()));
            return result;
        }
    }

    /**
     * Gives up a run that was cut off, for what it was to finish is gone.
     *
     * @return false if it is over already
     */
    public boolean abandon(String id, Request request) throws Busy {
        try (Journal.Lock.Closer held = lock(id, request)) {
            if (Standing.of(parts.journal().read(id).orElse(List.of())) == Standing.OVER) {
                return false;
            }
            new Memory(parts.journal()).giveUp(id, parts.clock().now());
            return true;
        }
    }

    private Optional<Result> goOn(String id, Request request, String by, Optional<Result> finished, Progress progress) {
        try {
            return goOnFromThere(id, request, by, finished, progress);
        } catch (NotHeard unheard) {
            return Optional.of(goOnFromTheTop(id, request, progress));
        }
    }

    private Result goOnFromTheTop(String id, Request request, Progress progress) {
        Journal.Reopened before = parts.journal().reopen(id);
        try (RunLog log = before.log()) {
            Run run = Run.anew(id, request.again(before.entries()), parts.clock(), before, progress);
            return journey.go("restart", run).at(parts.journal().path(id).toString());
        }
    }

    private Optional<Result> goOnFromThere(
            String id, Request request, String by, Optional<Result> finished, Progress progress) {
        Journal.Reopened before = parts.journal().reopen(id);
        try (RunLog log = before.log()) {
            Standing standing = Standing.of(before.entries());
            if (standing == Standing.OVER) {
                return Optional.empty();
            }
            Run run = Run.again(id, request.again(before.entries()), parts.clock(), before, progress);
            if (standing.isChanged()) {
                interrupt.defer();
            }
            run.note(new Event.Resumed(by));
            progress.underWay(id);
            finished.ifPresent(f -> run.finishedFirst(f.runId()));
            String route = standing.isChanged() ? "resume" : "restart";
            return Optional.of(
                    journey.go(route, run).at(parts.journal().path(id).toString()));
        }
    }

    private Journal.Lock.Closer lock(String id, Request request) throws Busy {
        Journal.Holder me = new Journal.Holder(
                id,
                ProcessHandle.current().pid(),
                request.requestedBy(),
                parts.clock().now());
        Journal.Lock lock = parts.journal().lock(request.conf(), me);
        if (lock instanceof Journal.Lock.Refused refused) {
            throw new Busy(refused.by());
        }
        return ((Journal.Lock.Taken) lock).closer();
    }

    private Event.Requested requested(Request request) {
        return new Event.Requested(
                request.options(),
                request.dryRun(),
                request.requestedBy(),
                request.realConf(),
                parts.processes().bootId(),
                request.joined());
    }
}
