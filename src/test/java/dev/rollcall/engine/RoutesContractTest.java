package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.core.Options;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The type of the body is the safety catch: routes in any wrong order fail before they act. */
class RoutesContractTest {
    static Stream<RouteVariant> wrong() throws IOException {
        return RouteVariant.all();
    }

    @Test
    void every_bean_of_the_routes_is_bound_and_every_bound_one_is_used(@TempDir Path folder) throws IOException {
        String yaml = Files.readString(RouteVariant.ROUTES);
        Set<String> used = Pattern.compile("ref: (\\w+)")
                .matcher(yaml)
                .results()
                .map((MatchResult m) -> m.group(1))
                .collect(Collectors.toSet());
        FakeWorld world = FakeWorld.running(folder);
        Run run = run(world, world.request(Options.DEFAULTS, false));
        Hooks none = hooks(world, Pipeline.prepare(RouteFiles.PACKAGED));
        assertThat(Steps.byName(world.world(), scouting(world, run), world.interrupt, none))
                .containsOnlyKeys(used);
        assertThat(RouteTrial.BEANS).isEqualTo(used);
    }

    @Test
    void every_step_is_swapped_with_its_neighbour_and_left_out_once() throws IOException {
        assertThat(wrong()).hasSize(9 + 10);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_order_does_not_act(RouteVariant variant, @TempDir Path folder) throws IOException {
        FakeWorld world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        Request request = world.request(Options.DEFAULTS, false);
        Run run = run(world, request);
        try (Scouting scouting = scouting(world, run);
                Pipeline pipeline = start(world, scouting, variant.write(folder))) {
            Throwable thrown = catchThrowable(() -> pipeline.send("restart", run));
            assertThat(thrown).as(variant.toString()).isNotNull();
        }
        if (variant.failsBeforeShutdown()) {
            assertThat(world.deeds).doesNotContain("shutdown", "start");
        }
        if (variant.failsBeforeKill()) {
            assertThat(world.processes.signalled).isEmpty();
        }
    }

    /** What cannot be noticed earlier is mended. */
    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_order_leaves_the_service_up(RouteVariant variant, @TempDir Path folder) throws IOException {
        FakeWorld world = FakeWorld.running(folder);
        Run run = run(world, world.request(Options.DEFAULTS, false));
        try (Scouting scouting = scouting(world, run);
                Pipeline pipeline = start(world, scouting, variant.write(folder))) {
            catchThrowable(() -> new Rescue(world.world(), new Finish(pipeline.hooks()))
                    .guard(run, () -> pipeline.send("restart", run)));
        }
        assertThat(world.supervisor
                        .contact(new ServerAddress(null, null, 0, "", null, null))
                        .up())
                .isTrue();
    }

    private static Pipeline start(FakeWorld world, Scouting scouting, RouteFiles files) {
        DefaultCamelContext context = Pipeline.prepare(files);
        Hooks hooks = hooks(world, context);
        return Pipeline.start(Steps.byName(world.world(), scouting, world.interrupt, hooks), context, hooks);
    }

    private static Hooks hooks(FakeWorld world, DefaultCamelContext context) {
        return Hooks.in(context, world.journal, Hooks.LIMIT);
    }

    private static Run run(FakeWorld world, Request request) {
        return new Run(
                "run",
                request,
                world.machine,
                Optional.of(world.journal.begin("run", List.of("/c"), List.of())),
                Progress.NONE);
    }

    private static Scouting scouting(FakeWorld world, Run run) {
        return new Scouting(world.world(), run, Runnable::run);
    }
}
