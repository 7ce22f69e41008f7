package dev.rollcall.trigger.queue;

import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.Backlog;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.engine.Request;
import dev.rollcall.engine.SupersededException;
import dev.rollcall.engine.Unfinished;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.request.Targets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Carries out runs in this process, by an engine for each. */
final class EngineCarrier implements Carrier {
    private static final System.Logger LOGGER = System.getLogger(EngineCarrier.class.getName());
    private static final String REQUESTED_BY = "engine";
    private static final int TRIES = 3;
    private static final int TRIES_IF_DOWN = 20;

    private final Journal journal;
    private final Function<Interrupt, Engine> engines;
    private final Progress progress;
    private final Set<Interrupt> underWay = new HashSet<>();
    private final Map<String, Integer> bugs = new HashMap<>();
    private boolean stopping;

    EngineCarrier(Journal journal, Function<Interrupt, Engine> engines, Progress progress) {
        this.journal = journal;
        this.engines = engines;
        this.progress = progress;
    }

    @Override
    public Stage stage(String runId) {
        return journal.glance(runId).map(glance -> stage(runId, glance)).orElse(Stage.NONE);
    }

    private Stage stage(String runId, Glance glance) {
        if (glance.ends().isEmpty()) {
            return glance.damaged() ? Stage.UNKNOWN : Stage.NONE;
        }
        if (glance.ended().filter(end -> !isUntold(end.service(), end.error())).isPresent() && glance.whole()) {
            return Stage.OVER;
        }
        Standing standing = Standing.of(journal.read(runId).orElse(List.of()));
        return standing == Standing.UNTOUCHED ? Stage.UNTOUCHED : Stage.CUT_OFF;
    }

    @Override
    public boolean isHeld(Request request) {
        return journal.holder(request.conf()).isPresent();
    }

    @Override
    public End carry(String runId, Request request) {
        Interrupt interrupt = new Interrupt();
        if (!begin(interrupt)) {
            return End.ABANDONED;
        }
        try (MDC.MDCCloseable logged = MDC.putCloseable("run_id", runId)) {
            return attempt(runId, request, interrupt) ? End.OVER : End.NOT_YET;
        } catch (Engine.Busy | SupersededException | JournalException notYet) {
            LOGGER.log(System.Logger.Level.WARNING, "run {0} waits: {1}", runId, notYet.getMessage());
            return End.NOT_YET;
        } catch (Interrupt.Abandoned stopped) {
            return End.ABANDONED;
        } catch (RuntimeException bug) {
            LOGGER.log(System.Logger.Level.ERROR, "run " + runId + " broke", bug);
            return tries(runId) < TRIES ? End.NOT_YET : End.OVER;
        } finally {
            end(interrupt);
        }
    }

    /** @return whether the run is over */
    private boolean attempt(String runId, Request request, Interrupt interrupt)
            throws Engine.Busy, SupersededException {
        Stage stage = stage(runId);
        if (stage == Stage.OVER) {
            return true;
        }
        if (stage == Stage.UNKNOWN) {
            LOGGER.log(System.Logger.Level.ERROR, unknown(runId, request, journal.path(runId)));
            return true;
        }
        LOGGER.log(
                System.Logger.Level.INFO,
                "{0} begins, asked for by {1}",
                request.options().target(),
                request.requestedBy());
        Engine engine = engines.apply(interrupt);
        if (stage != Stage.NONE) {
            Optional<Result> finished = engine.resume(runId, request, REQUESTED_BY, progress);
            finished.ifPresent(EngineCarrier::tell);
            return finished.map(result -> isOver(runId, result)).orElse(true);
        }
        Result result = engine.run(runId, request, progress);
        tell(result);
        if (!result.runId().equals(runId)) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "run {0} waits: run {1} of the same target was cut off and cannot be finished yet",
                    runId,
                    result.runId());
        }
        return isOver(runId, result);
    }

    /** What broke may have been in a bad moment of the disk, and the service may be down: that is tried for some minutes. */
    private boolean isOver(String runId, Result result) {
        return isUntold(result.service(), result.error()) ? tries(runId) >= TRIES_IF_DOWN : stage(runId) == Stage.OVER;
    }

    private static boolean isUntold(Service service, @Nullable Problem error) {
        return service == Service.UNKNOWN && error != null && error.code().equals("INTERNAL_ERROR");
    }

    /** To begin it again might be the second restart, so that is for whoever has looked. */
    static String unknown(String runId, Request request, Path file) {
        return "tried to go on with run " + runId + " of " + request.options().target() + " but " + file
                + " is damaged from its first line on, and nobody knows what it has done; see that the service is up, then move that file away and ask again";
    }

    private static void tell(Result result) {
        System.Logger.Level level = result.exitCode() == 0 ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
        Problem error = result.error();
        LOGGER.log(
                level,
                "{0} ended: {1}, exit code {2}{3}",
                result.target(),
                result.outcome().word(),
                result.exitCode(),
                error == null ? "" : ": " + error.message());
    }

    private synchronized int tries(String runId) {
        return bugs.merge(runId, 1, Integer::sum);
    }

    private synchronized boolean begin(Interrupt interrupt) {
        return !stopping && underWay.add(interrupt);
    }

    private synchronized void end(Interrupt interrupt) {
        underWay.remove(interrupt);
    }

    @Override
    public void finish(Targets targets) {
        Backlog backlog = Backlog.urgent(journal);
        backlog.unreadable().forEach(why -> LOGGER.log(System.Logger.Level.ERROR, why));
        // beside each other: the stop of one may take an hour, and the other service is down
        ExecutorService threads = Executors.newCachedThreadPool(EngineCarrier::daemon);
        CompletableFuture.allOf(backlog.each().stream()
                        .map(run -> CompletableFuture.runAsync(() -> finish(run, targets), threads))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        threads.shutdown();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "recovery");
        thread.setDaemon(true);
        return thread;
    }

    private void finish(Unfinished run, Targets targets) {
        Interrupt interrupt = new Interrupt(true);
        if (!begin(interrupt)) {
            return;
        }
        try (MDC.MDCCloseable logged = MDC.putCloseable("run_id", run.runId())) {
            LOGGER.log(System.Logger.Level.INFO, "run {0} was cut off; finishing it", run.runId());
            engines.apply(interrupt).resume(run.runId(), targets.again(run.asked()), REQUESTED_BY, progress);
        } catch (Engine.Busy | SupersededException | JournalException no) {
            LOGGER.log(System.Logger.Level.ERROR, "run {0} is not finished: {1}", run.runId(), no.getMessage());
        } catch (RuntimeException bug) {
            LOGGER.log(System.Logger.Level.ERROR, "run " + run.runId() + " broke", bug);
        } finally {
            end(interrupt);
        }
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        underWay.forEach(Interrupt::abandon);
    }
}
