package dev.rollcall;

import dev.rollcall.calendar.Blackouts;
import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.HeadStart;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.linux.ProcfsProcesses;
import dev.rollcall.linux.ServiceNotice;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.request.Targets;
import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import dev.rollcall.trigger.Part;
import dev.rollcall.trigger.Serving;
import dev.rollcall.trigger.events.Metrics;
import dev.rollcall.trigger.events.Outbox;
import dev.rollcall.trigger.events.Ready;
import dev.rollcall.trigger.events.Tail;
import dev.rollcall.trigger.http.Health;
import dev.rollcall.trigger.http.HttpTrigger;
import dev.rollcall.trigger.inbox.InboxTrigger;
import dev.rollcall.trigger.queue.AllRuns;
import dev.rollcall.trigger.queue.Requests;
import dev.rollcall.trigger.timer.TimerTrigger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import sun.misc.Signal;

/** The engine put together: what the configuration asks for is started, and stopped in the opposite order. */
final class Service {
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);
    private static final System.Logger LOGGER = System.getLogger(Service.class.getName());

    private final Wiring wiring;
    private final Config config;
    private final Path stateDir;
    private final RouteFiles files;
    private final SystemClock clock = new SystemClock();
    private final ServiceNotice notice = new ServiceNotice(System.getenv());
    private final CountDownLatch told = new CountDownLatch(1);

    Service(Wiring wiring, Config config, Path stateDir) {
        this.wiring = wiring;
        this.config = config;
        this.stateDir = stateDir;
        this.files = new RouteFiles(config.routesDir());
    }

    /** @return the exit code, when it has been told to stop and nothing is under way any more */
    int run() throws UsageException {
        if (config.targets().isEmpty()) {
            throw new UsageException(
                    "tried to serve but the configuration has no targets; name one under targets, with its conf");
        }
        Journal journal = wiring.journal(stateDir, config.journals());
        Journal.Holder me = new Journal.Holder("engine", ProcessHandle.current().pid(), "engine", clock.now());
        Journal.Lock lock = journal.lock(stateDir.resolve("engine"), me);
        if (lock instanceof Journal.Lock.Refused refused) {
            System.err.println("rollcall: tried to serve but another engine (pid "
                    + refused.by().pid() + ") works with the state folder " + stateDir
                    + "; stop that, or name another with --state-dir");
            return 3;
        }
        try (Journal.Lock.Closer held = ((Journal.Lock.Taken) lock).closer()) {
            serve(journal);
            return 0;
        } catch (UsageException | JournalException e) {
            throw e;
        } catch (BrokenRoute e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            // a disk that is full for a minute: its unit tries again, which it does not for a wrong configuration
            System.err.println(
                    "rollcall: tried to start the engine but " + e + "; look at space and rights of the state folder "
                            + stateDir + " and of the inbox, and start it again");
            return 1;
        }
    }

    private void serve(Journal journal) throws Exception {
        Engines engines = new Engines(files);
        Targets targets = new Targets(config);
        Blackouts blackouts = new Blackouts(config.blackouts());
        try (Tail tail = new Tail(journal, clock)) {
            Requests requests = new Requests(targets, blackouts::at, stateDir, journal, engines, waking(tail), clock);
            AllRuns runs = new AllRuns(targets, requests, journal, tail::events, engines, clock);
            Outbox outbox =
                    new Outbox(tail, journal, stateDir, config.webhook(), new ProcfsProcesses().host(), clock::now);
            Metrics metrics = new Metrics(tail, journal, requests::length, outbox::oldest, outbox::parked);
            List<Part> triggers = triggers(requests, runs, metrics, outbox);
            List<Part> parts = new ArrayList<>(List.of(outbox));
            parts.addAll(triggers);
            listen();
            tail.start();
            try (Serving serving = Serving.start(files, parts)) {
                requests.start();
                tellReady(triggers.size());
                metrics.recall(config.targets().keySet());
                told.await();
                LOGGER.log(
                        System.Logger.Level.INFO, "stopping; a run that is past its shutdown step is finished first");
                notice.stopping("finishing what is under way");
                triggers.forEach(Part::close);
                requests.stop();
                outbox.flush(LAST_EVENTS);
            }
        }
    }

    private List<Part> triggers(Requests requests, AllRuns runs, Metrics metrics, Outbox outbox) {
        List<Part> parts = new ArrayList<>();
        parts.add(new TimerTrigger(config.triggers().timers(), requests, stateDir, Clock.systemUTC()));
        Optional<InboxTrigger> inbox =
                config.triggers().inbox().map(folder -> new InboxTrigger(folder, requests, runs, Clock.systemUTC()));
        inbox.ifPresent(parts::add);
        Ready ready = new Ready(
                stateDir,
                () -> inbox.flatMap(InboxTrigger::trouble).map(List::of).orElse(List.of()),
                outbox::oldest,
                outbox::parked);
        // last: by then everything is there that it tells of
        config.triggers()
                .http()
                .ifPresent(http -> parts.add(
                        new HttpTrigger(http, requests, runs, metrics::prometheus, () -> health(ready.report()))));
        return parts;
    }

    private static Health health(Ready.Report report) {
        Map<String, String> checks = new LinkedHashMap<>();
        List<String> sentences = new ArrayList<>(report.problems());
        sentences.addAll(report.warnings());
        for (int i = 0; i < sentences.size(); i++) {
            checks.put("note-" + (i + 1), sentences.get(i));
        }
        return new Health(report.ready(), checks);
    }

    private void tellReady(int triggers) {
        String sentence = "ready: " + config.targets().size() + " targets, "
                + config.triggers().timers().size() + " timers, inbox "
                + config.triggers().inbox().map(Path::toString).orElse("none") + ", http "
                + config.triggers().http().map(h -> h.host() + ":" + h.port()).orElse("none");
        LOGGER.log(System.Logger.Level.INFO, sentence);
        notice.ready(sentence);
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
        private final AtomicReference<HeadStart> next;

        Engines(RouteFiles files) throws UsageException {
            next = new AtomicReference<>(Wiring.own(files));
        }

        @Override
        public Engine apply(Interrupt interrupt) {
            HeadStart mine = next.getAndSet(HeadStart.with(files));
            return wiring.engine(stateDir, config.journals(), interrupt, mine);
        }
    }
}
