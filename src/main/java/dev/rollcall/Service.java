package dev.rollcall;

import dev.rollcall.calendar.Blackouts;
import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.HeadStart;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.Journal;
import dev.rollcall.request.Targets;
import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import dev.rollcall.trigger.Part;
import dev.rollcall.trigger.Serving;
import dev.rollcall.trigger.events.Tail;
import dev.rollcall.trigger.inbox.InboxTrigger;
import dev.rollcall.trigger.queue.AllRuns;
import dev.rollcall.trigger.queue.Requests;
import dev.rollcall.trigger.timer.TimerTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import sun.misc.Signal;

/** The engine put together: what the configuration asks for is started, and stopped in the opposite order. */
final class Service {
    private static final System.Logger LOGGER = System.getLogger(Service.class.getName());

    private final Wiring wiring;
    private final Config config;
    private final Path stateDir;
    private final CountDownLatch told = new CountDownLatch(1);

    Service(Wiring wiring, Config config, Path stateDir) {
        this.wiring = wiring;
        this.config = config;
        this.stateDir = stateDir;
    }

    /** @return the exit code, when it has been told to stop and nothing is under way any more */
    int run() throws UsageException {
        if (config.targets().isEmpty()) {
            throw new UsageException(
                    "tried to serve but the configuration has no targets; name one under targets, with its conf");
        }
        Journal journal = wiring.journal(stateDir, config.journals());
        Journal.Holder me = new Journal.Holder("engine", ProcessHandle.current().pid(), "engine", new SystemClock().now());
        Journal.Lock lock = journal.lock(stateDir.resolve("engine"), me);
        if (lock instanceof Journal.Lock.Refused refused) {
            System.err.println("rollcall: tried to serve but another engine (pid " + refused.by().pid()
                    + ") works with the state folder " + stateDir + "; stop that, or name another with --state-dir");
            return 3;
        }
        try (Journal.Lock.Closer held = ((Journal.Lock.Taken) lock).closer()) {
            serve(journal);
            return 0;
        } catch (UsageException e) {
            throw e;
        } catch (BrokenRoute | IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (Exception e) { // whatever a part says when it cannot be started is for the operator
            throw new UsageException("tried to start the engine but " + e.getMessage());
        }
    }

    private void serve(Journal journal) throws Exception {
        SystemClock clock = new SystemClock();
        RouteFiles files = new RouteFiles(config.routesDir());
        Engines engines = new Engines(files);
        Targets targets = new Targets(config);
        Blackouts blackouts = new Blackouts(config.blackouts());
        try (Tail tail = new Tail(journal, clock)) {
            Requests requests =
                    new Requests(targets, blackouts::at, stateDir, journal, engines, waking(tail), clock);
            AllRuns runs = new AllRuns(targets, requests, journal, tail::events, engines, clock);
            List<Part> parts = new ArrayList<>();
            parts.add(new TimerTrigger(config.triggers().timers(), requests, stateDir, Clock.systemUTC()));
            config.triggers()
                    .inbox()
                    .ifPresent(inbox -> parts.add(new InboxTrigger(inbox, requests, runs, Clock.systemUTC())));
            listen();
            tail.start();
            try (Serving serving = Serving.start(files, parts)) {
                requests.start();
                LOGGER.log(System.Logger.Level.INFO, "ready");
                told.await();
                LOGGER.log(System.Logger.Level.INFO, "stopping");
                serving.drain();
                requests.stop();
            }
        }
    }

    private void listen() {
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), signal -> told.countDown());
        }
        Signal.handle(
                new Signal("HUP"),
                signal -> LOGGER.log(
                        System.Logger.Level.INFO, "nothing is reloaded; restart the engine, which interrupts no run"));
    }

    private static Progress waking(Tail tail) {
        return new Progress() {
            @Override
            public void happened(Event event) {
                tail.wake();
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }

    /** The next run's pipeline is made while nobody waits for it. */
    private final class Engines implements Function<Interrupt, Engine> {
        private final RouteFiles files;
        private final AtomicReference<HeadStart> next;

        Engines(RouteFiles files) {
            this.files = files;
            next = new AtomicReference<>(HeadStart.with(files));
        }

        @Override
        public Engine apply(Interrupt interrupt) {
            HeadStart mine = next.getAndSet(HeadStart.with(files));
            return wiring.engine(stateDir, config.journals(), interrupt, mine);
        }
    }
}
