package dev.rollcall.trigger.queue;

import dev.rollcall.core.Window;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** All requests of one engine: accepted from its triggers, carried out by a worker a target. */
public final class Requests implements Intake {
    private static final System.Logger LOGGER = System.getLogger(Requests.class.getName());

    /** Each takes some hundred bytes of memory as long as the engine runs. */
    private static final int MOST_KEPT = 20_000;

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Targets targets;
    private final Supplier<Optional<Window>> blackout;
    private final Carrier carrier;
    private Thread recovery = new Thread();
    private final RequestQueue queue;

    /**
     * Reads what earlier engines have accepted and not carried out. Accepts from now on; carries out nothing before {@link #start}.
     *
     * @param engines a new one for each run
     * @throws IOException if the state folder cannot be read or written
     */
    public Requests(
            Targets targets,
            Function<Instant, Optional<Window>> blackout,
            Path stateDir,
            Journal journal,
            Function<Interrupt, Engine> engines,
            Progress progress,
            Clock clock)
            throws IOException {
        this(targets, blackout, new QueueFolder(stateDir), new EngineCarrier(journal, engines, progress), clock);
    }

    Requests(
            Targets targets,
            Function<Instant, Optional<Window>> blackout,
            QueueFolder folder,
            Carrier carrier,
            Clock clock)
            throws IOException {
        this.targets = targets;
        this.blackout = () -> blackout.apply(clock.now());
        this.carrier = carrier;
        Keys keys = new Keys();
        Archive archive = new Archive(folder, keys, carrier, MOST_KEPT);
        targets.config().targets().keySet().forEach(name -> lanes.put(name, new Lane()));
        archive.load();
        restore(folder, keys, archive);
        lanes.forEach((name, lane) -> {
            Thread worker = new Thread(new Worker(lane, targets, blackout, carrier, archive, clock), "target-" + name);
            worker.setDaemon(true);
            workers.add(worker);
        });
        queue = new RequestQueue(new Acceptance(targets, blackout), lanes, keys, new Scribe(folder), clock);
    }

    private void restore(QueueFolder folder, Keys keys, Archive archive) throws IOException {
        List<Ticket> tickets = folder.waiting().entrySet().stream()
                .map(file -> Ticket.read(file.getKey(), file.getValue()))
                .sorted(Comparator.comparing(Ticket::acceptedAt))
                .toList();
        for (Ticket ticket : tickets) {
            keys.put(ticket);
            Carrier.Stage stage = carrier.stage(ticket.runId());
            Optional<Lane> lane = Optional.ofNullable(lanes.get(ticket.target()));
            if (stage == Carrier.Stage.OVER) {
                archive.add(ticket);
            } else if (lane.isPresent()) {
                lane.get().restore(ticket, stage != Carrier.Stage.NONE);
            } else {
                LOGGER.log(
                        System.Logger.Level.ERROR,
                        "run {0} was accepted for target {1}, which the configuration does not have any more; it waits in the state folder until it is there again",
                        ticket.runId(),
                        ticket.target());
            }
        }
    }

    /** The one that a request of now falls into. */
    Optional<Window> blackout() {
        return blackout.get();
    }

    @Override
    public Answer ask(Ask ask) {
        return queue.ask(ask);
    }

    /** From now on finishes what was cut off, then carries out what was accepted. Returns at once. */
    public void start() {
        Thread first = new Thread(
                () -> {
                    carrier.finish(targets);
                    workers.forEach(Thread::start);
                },
                "recovery");
        first.setDaemon(true);
        recovery = first;
        first.start();
    }

    /** Accepts nothing any more; returns when no run is under way: one that has changed nothing yet is left for the next engine. */
    public void stop() throws InterruptedException {
        queue.stop();
        carrier.stop();
        lanes.values().forEach(Lane::stop);
        recovery.join();
        for (Thread worker : workers) {
            worker.join();
        }
    }

    /** Those that are not over, latest first. */
    List<Ticket> tickets() {
        return lanes.values().stream()
                .flatMap(lane -> lane.tickets().stream())
                .sorted(Comparator.comparing(Ticket::runId).reversed())
                .toList();
    }

    /** How many runs wait. */
    public int length() {
        return lanes.values().stream().mapToInt(Lane::length).sum();
    }
}
