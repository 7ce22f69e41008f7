package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import dev.rollcall.core.Task;
import dev.rollcall.core.Window;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Supervisor;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** The fakes of all ports around one machine, and the real engine with the real routes on top. */
final class FakeWorld {
    static final long SUPERVISORD = Machine.FIRST_PID;
    static final long MAIN = SUPERVISORD + 100;
    static final long POOL = MAIN + 1;
    static final long NEW_SUPERVISORD = SUPERVISORD + 1000;

    /** What was done to the world, in order. */
    final List<String> deeds = Collections.synchronizedList(new ArrayList<>());

    final Machine machine = new Machine();
    final FakeJournal journal;
    final FakeSupervisor supervisor;
    final FakeCelery celery;
    final FakeProcesses processes;
    final FakeStarter starter;
    Interrupt interrupt = new Interrupt();
    Progress progress = Progress.NONE;
    RouteFiles routes = RouteFiles.PACKAGED;
    Duration hookLimit = Hooks.LIMIT;
    Optional<Window> blackout = Optional.empty();
    final Path conf;
    /** What requests name: the configuration, or a link to it. */
    Path asked;
    /** The target's own start command. */
    List<String> start = List.of();

    FakeWorld(Path folder) {
        try {
            conf = Files.writeString(folder.resolve("supervisord.conf"), "").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asked = conf;
        journal = new FakeJournal(folder);
        supervisor = new FakeSupervisor(machine, conf, deeds);
        celery = new FakeCelery(machine, supervisor);
        processes = new FakeProcesses(machine, journal, deeds);
        starter = new FakeStarter(supervisor, conf, deeds);
    }

    /** With a supervisord and its worker, main process and two pool processes. */
    static FakeWorld running(Path folder) {
        FakeWorld world = new FakeWorld(folder);
        world.supervisor.boot();
        return world;
    }

    Engine engine() {
        return new Engine(
                new Engine.Parts(supervisor, commands -> celery, processes, starter, journal, machine),
                interrupt,
                HeadStart.with(routes),
                hookLimit);
    }

    Request request(Options options, boolean dryRun) {
        return new Request(options, asked, Celery.Settings.AUTO, start, "cli", dryRun).in(blackout);
    }

    Result restart() {
        return run(Options.DEFAULTS, false);
    }

    /** Whatever happens, no signal goes to what is not on disk, and every document is as promised. */
    Result run(Options options, boolean dryRun) {
        try {
            Result result = engine().run(request(options, dryRun), progress);
            Schemas.check(result);
            return result;
        } catch (Engine.Busy e) {
            throw new AssertionError(e);
        } finally {
            assertThat(processes.notOnDisk).isEmpty();
            journal.latest().forEach(Schemas::check);
        }
    }

    /** Finishes whatever has something left to do, as another process would. */
    Optional<Result> resume() {
        machine.goOn();
        return Backlog.of(journal).next().flatMap(run -> resume(run.runId()));
    }

    Optional<Result> resume(String runId) {
        try {
            Optional<Result> result = engine().resume(runId, request(Options.DEFAULTS, false), "cli", progress);
            result.ifPresent(Schemas::check);
            return result;
        } catch (Engine.Busy | SupersededException e) {
            throw new AssertionError(e);
        } finally {
            assertThat(processes.notOnDisk).isEmpty();
            journal.latest().forEach(Schemas::check);
        }
    }

    /** The run is killed right after this event is on disk. */
    void cutAfter(String type) {
        cutAfter(type, Options.DEFAULTS);
    }

    void cutAfter(String type, Options options) {
        journal.after = event -> {
            if (event.type().equals(type)) {
                journal.after = more -> {};
                machine.halt();
            }
        };
        if (type.equals("tasks_seen")) {
            supervisor.onShutdown = () -> machine.after(50, () -> busy(MAIN, "t"));
        }
        assertThatThrownBy(() -> run(options, false)).isInstanceOf(Machine.Halt.class);
        assertThat(journal.latest()).extracting(e -> e.event().type()).endsWith(type);
    }

    /** The journal of another run that was cut off right after it had been asked for, a second ago. */
    List<Entry> copyOfFirst(String run, String as) {
        Event asked = journal.disk.get(run).get(0).event();
        return new CopyOnWriteArrayList<>(List.of(new Entry(1, machine.now(), as, asked)));
    }

    /** supervisord crashed; its workers live on in groups of a session that has no leader any more. */
    void crash() {
        supervisor.reach = Supervisor.Reach.ABSENT;
        machine.end(SUPERVISORD);
    }

    void busy(long main, String task) {
        celery.tasks.put(
                main,
                List.of(new Task(task, "app.task", main + 1, Instant.parse("2026-11-23T10:29:00Z"), true, "celery")));
    }

    World world() {
        return new World(supervisor, celery, processes, starter, journal, BoundedExecutor::run, machine);
    }

    static List<String> codes(Result result) {
        return result.findings().stream().map(Finding::code).toList();
    }

    static Options with(Duration stopTimeout, Duration killGrace, Duration startTimeout) {
        return options(stopTimeout, killGrace, startTimeout, false, null);
    }

    static Options options(
            Duration stopTimeout, Duration killGrace, Duration startTimeout, boolean requireAnswers, String token) {
        Options d = Options.DEFAULTS;
        return new Options(
                d.target(),
                null,
                d.scope(),
                List.of(),
                d.drain(),
                stopTimeout,
                killGrace,
                startTimeout,
                d.inspectTimeout(),
                requireAnswers,
                false,
                token,
                null,
                false);
    }

    /** A step breaks when this event has been noted, once. */
    void breakAt(String type) {
        AtomicBoolean broken = new AtomicBoolean();
        progress = new Progress() {
            @Override
            public void happened(Event event) {
                if (event.type().equals(type) && broken.compareAndSet(false, true)) {
                    throw new IllegalStateException("broken at " + type);
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }
}
