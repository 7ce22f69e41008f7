package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Fold;
import dev.rollcall.core.InterruptedTask;
import dev.rollcall.core.Standing;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The run is cut off before and after every event that it writes; whatever comes then brings everything to a good end. */
class CrashEverywhereTest {
    private static final long BYSTANDER = POOL + 40;

    private static final String HOOK =
            """
            - route:
                id: %s
                from:
                  uri: direct:%s
                  steps:
                    - setBody:
                        expression:
                          simple:
                            expression: "${header.hook}"
                    - to:
                        uri: file:%s
                        parameters:
                          fileName: calls.txt
                          fileExist: Append
                          appendChars: '\\n'
            """;

    enum Scene {
        CLEAN(world -> {}),
        LEFTOVERS(world -> world.supervisor.manners.put("worker", Manner.LEAVES_POOL)),
        STUCK_MAIN(world -> world.supervisor.manners.put("worker", Manner.NEVER)),
        ORPHANS(FakeWorld::crash),
        HOOKS(CrashEverywhereTest::hooks);

        private final Consumer<FakeWorld> setting;

        Scene(Consumer<FakeWorld> setting) {
            this.setting = setting;
        }
    }

    /** Whoever comes after the crash. */
    enum Finisher {
        RESUME,
        RESTART
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Scene.class)
    void resume_brings_it_to_a_good_end(Scene scene) throws IOException {
        everywhere(scene, Finisher.RESUME);
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void so_does_the_next_restart(Scene scene) throws IOException {
        everywhere(scene, Finisher.RESTART);
    }

    private void everywhere(Scene scene, Finisher finisher) throws IOException {
        FakeWorld whole = world(scene, "whole");
        whole.restart();
        int events = whole.journal.latest().size();
        assertThat(events).isGreaterThan(15);
        for (int i = 1; i <= events; i++) {
            for (boolean written : List.of(false, true)) {
                FakeWorld world = world(scene, i + "-" + written);
                cut(world, i, written);
                finish(world, finisher);
                check(world, finisher, scene + ", cut off at event " + i + (written ? ", written" : ", not written"));
            }
        }
    }

    private FakeWorld world(Scene scene, String name) throws IOException {
        FakeWorld world = FakeWorld.running(Files.createDirectory(folder.resolve(name)));
        world.busy(MAIN, "t-1");
        world.machine.put(Machine.inGroup(
                Machine.entry(BYSTANDER, POOL, List.of("sleep", "600"), Map.of()), BYSTANDER, BYSTANDER));
        scene.setting.accept(world);
        return world;
    }

    private static void cut(FakeWorld world, int at, boolean written) {
        AtomicInteger count = new AtomicInteger();
        Consumer<Event> halt = event -> {
            if (count.incrementAndGet() == at) {
                world.machine.halt();
            }
        };
        if (written) {
            world.journal.after = halt;
        } else {
            world.journal.before = halt;
        }
        Throwable thrown = catchThrowable(world::restart);
        assertThat(thrown).isInstanceOf(Machine.Halt.class);
        world.journal.before = event -> {};
        world.journal.after = event -> {};
        world.machine.goOn();
        world.interrupt = new Interrupt();
    }

    private static void finish(FakeWorld world, Finisher finisher) {
        if (finisher == Finisher.RESTART) {
            world.machine.pause(Duration.ofMillis(2));
            world.restart();
        } else {
            // before the first event is on disk there is nothing to resume, and nothing was done
            world.resume();
        }
    }

    private static void check(FakeWorld world, Finisher finisher, String what) throws IOException {
        boolean begun = world.journal.disk.values().stream().anyMatch(entries -> !entries.isEmpty());
        if (!begun) {
            assertThat(world.deeds).as(what).isEmpty();
            return;
        }
        assertThat(world.supervisor.reach).as(what).isEqualTo(dev.rollcall.port.Supervisor.Reach.UP);
        assertThat(world.machine.runs(SUPERVISORD))
                .as(what + ": the old supervisord")
                .isFalse();
        assertThat(List.of(MAIN, POOL, POOL + 1)).as(what + ": leftovers").noneMatch(world.machine::runs);
        assertThat(world.machine.runs(BYSTANDER)).as(what + ": the bystander").isTrue();
        assertThat(world.supervisor.mains()).as(what + ": a worker of now").hasSize(1);
        if (finisher == Finisher.RESUME) {
            assertThat(Collections.frequency(world.deeds, "shutdown")).as(what).isLessThanOrEqualTo(1);
            assertThat(Collections.frequency(world.deeds, "start")).as(what).isEqualTo(1);
        }
        assertThat(world.journal.disk.values())
                .as(what + ": journals without an end")
                .filteredOn(entries -> !entries.isEmpty())
                .allMatch(entries -> Standing.of(entries) == Standing.OVER);
        if (world.routes.folder().isPresent()) {
            checkHooks(world, finisher, what);
        }
        if (wasCutShort(world)) {
            assertThat(named(world)).as(what + ": named").contains("t-1");
        }
    }

    /** Both write down that they were called, and by which run. */
    private static void hooks(FakeWorld world) {
        Path folder = world.journal.path("x").getParent().resolve("hooks");
        try {
            Files.createDirectory(folder);
            for (String hook : List.of("before-shutdown", "after-restart")) {
                Files.writeString(folder.resolve(hook + ".camel.yaml"), HOOK.formatted(hook, hook, folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.routes = new RouteFiles(Optional.of(folder));
    }

    /** At least once; the one that may object never once the shutdown has begun, and no shutdown begins without it. */
    private static void checkHooks(FakeWorld world, Finisher finisher, String what) throws IOException {
        List<String> calls =
                Files.readAllLines(world.routes.folder().orElseThrow().resolve("calls.txt"));
        assertThat(calls).as(what + ": hooks").endsWith("after-restart").startsWith("before-shutdown");
        if (finisher == Finisher.RESUME) {
            assertThat(calls.indexOf("after-restart"))
                    .as(what + ": an objection comes too late in " + calls)
                    .isGreaterThan(calls.lastIndexOf("before-shutdown"));
            assertThat(calls).as(what).hasSizeLessThanOrEqualTo(3);
        }
        for (List<Entry> entries : world.journal.disk.values()) {
            List<String> types = entries.stream().map(e -> e.event().type()).toList();
            int shutdown = types.indexOf("shutdown_begun");
            List<String> before = types.subList(0, Math.max(0, shutdown));
            assertThat(shutdown < 0 || before.contains("hook_called"))
                    .as(what + ": a shutdown that no hook has agreed to: " + types)
                    .isTrue();
        }
    }

    private static boolean wasCutShort(FakeWorld world) {
        return world.processes.signalled.stream().anyMatch(id -> id.pid() == MAIN);
    }

    private static Set<String> named(FakeWorld world) {
        List<InterruptedTask> tasks = new ArrayList<>();
        for (List<Entry> entries : world.journal.disk.values()) {
            tasks.addAll(Fold.result(entries).interruptedTasks());
        }
        return tasks.stream().map(InterruptedTask::id).collect(Collectors.toSet());
    }
}
