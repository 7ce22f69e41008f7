package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.json.Json;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's hook is told, may object before the stop, and can do nothing else to a run. */
@Timeout(60)
class HooksTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Set<String> ENDLESS = Set.of("hang", "ignore");

    private Path routes;
    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) throws IOException {
        UserCode.forget();
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        routes = Files.createDirectory(folder.resolve("routes"));
        world.routes = new RouteFiles(Optional.of(routes));
    }

    @AfterEach
    void release() {
        UserCode.release.countDown();
    }

    @Test
    void before_the_shutdown_it_gets_the_result_as_it_stands() throws Exception {
        hook("before-shutdown", "note");
        world.supervisor.onShutdown = () -> assertThat(UserCode.CALLS).hasSize(1);
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        UserCode.Call call = UserCode.CALLS.get(0);
        JsonNode document = Json.MAPPER.readTree(call.body());
        assertThat(document.at("/outcome").asText()).isEqualTo("running");
        assertThat(document.at("/run_id").asText()).isEqualTo(result.runId());
        assertThat(document.at("/roll/nodes")).hasSize(1);
        assertThat(document.at("/journal").asText())
                .isEqualTo(world.journal.path(result.runId()).toString());
        assertThat(call.headers())
                .containsEntry("hook", "before-shutdown")
                .containsEntry("run_id", result.runId())
                .containsEntry("target", "default")
                .containsEntry("requested_by", "cli")
                .containsKey("conf");
        assertThat(call.headers().keySet()).noneMatch(name -> name.startsWith("Camel"));
        assertThat(types()).containsSubsequence("drain_done", "hook_called", "shutdown_begun");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail|IllegalArgumentException: no restart today, says http://me:***@host/",
                "breakDown|StackOverflowError: too deep",
                "hang|it has not come back within 3 s",
                "ignore|it has not come back within 3 s",
            })
    void one_that_objects_before_the_shutdown_refuses_the_run(String behaviour, String why) throws Exception {
        Path file = hook("before-shutdown", behaviour);
        hook("on-failure", "note");
        cutShort(behaviour, Duration.ofSeconds(3)); // enough for the other hook
        Result result = world.restart();
        awaitBegun(behaviour);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.changed()).isFalse();
        assertThat(result.error().code()).isEqualTo("HOOK_FAILED");
        assertThat(result.error().message())
                .startsWith("tried to call the hook direct:before-shutdown of " + file + ":")
                .contains(why)
                .endsWith("; mend that route, or take it out of routes_dir");
        assertThat(world.deeds).doesNotContain("shutdown", "start");
        assertThat(world.processes.signalled).isEmpty();
        assertThat(types()).doesNotContain("shutdown_begun");
        assertThat(UserCode.CALLS).hasSize(2);
        JsonNode told = Json.MAPPER.readTree(UserCode.CALLS.get(1).body());
        assertThat(told.at("/error/code").asText()).isEqualTo("HOOK_FAILED");
        assertThat(told.at("/outcome").asText()).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "ignore"})
    void one_that_takes_too_long_is_interrupted(String behaviour) throws Exception {
        hook("after-restart", behaviour);
        cutShort(behaviour, SHORT);
        world.restart();
        awaitBegun(behaviour);
        assertThat(UserCode.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void after_the_restart_it_gets_the_result_as_it_will_be() throws Exception {
        hook("after-restart", "note");
        hook("on-failure", "note");
        Result result = world.restart();
        assertThat(UserCode.CALLS).hasSize(1);
        JsonNode told = Json.MAPPER.readTree(UserCode.CALLS.get(0).body());
        JsonNode shown = Json.MAPPER.readTree(Json.pretty(result));
        for (String key :
                List.of("outcome", "exit_code", "changed", "service", "steps", "roll", "killed", "findings")) {
            assertThat(told.get(key)).as(key).isEqualTo(shown.get(key));
        }
        assertThat(UserCode.CALLS.get(0).headers())
                .containsEntry("outcome", "succeeded")
                .containsEntry("service", "up")
                .containsEntry("exit_code", 0);
        assertThat(types()).endsWith("hook_called", "ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "breakDown", "hang", "ignore"})
    void one_that_fails_after_the_restart_is_a_finding(String behaviour) throws Exception {
        hook("after-restart", behaviour);
        cutShort(behaviour, SHORT);
        Result result = world.restart();
        awaitBegun(behaviour);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(result.exitCode()).isZero();
        assertThat(result.findings())
                .filteredOn(f -> f.code().equals("HOOK_FAILED"))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING))
                .satisfies(f -> assertThat(f.message()).contains("direct:after-restart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "fail", "breakDown", "hang", "ignore"})
    void a_run_that_fails_is_told_and_ends_as_it_would_have(String behaviour) throws Exception {
        hook("on-failure", behaviour);
        hook("after-restart", "note");
        cutShort(behaviour, SHORT);
        world.starter.failures = 3;
        Result result = world.restart();
        awaitBegun(behaviour);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().code()).isEqualTo("START_FAILED");
        assertThat(UserCode.CALLS).hasSize(1);
        assertThat(UserCode.CALLS.get(0).body()).contains("START_FAILED");
        assertThat(codes(result).contains("HOOK_FAILED")).isEqualTo(!behaviour.equals("note"));
    }

    @Test
    void so_is_one_whose_step_broke() throws Exception {
        hook("on-failure", "note");
        world.breakAt("kill_begun");
        assertThat(world.restart().exitCode()).isEqualTo(5);
        assertThat(UserCode.CALLS).hasSize(1);
        assertThat(UserCode.CALLS.get(0).body()).contains("INTERNAL_ERROR");
    }

    @Test
    void a_plan_calls_nobody() throws Exception {
        for (String name : List.of("before-shutdown", "after-restart", "on-failure")) {
            hook(name, "note");
        }
        assertThat(world.run(Options.DEFAULTS, true).outcome()).isEqualTo(Outcome.PLANNED);
        world.supervisor.confTrouble = Optional.of("tried to read it but line 3 is odd; mend it");
        assertThat(world.run(Options.DEFAULTS, true).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(UserCode.CALLS).isEmpty();
    }

    @Test
    void who_interrupts_does_not_wait_for_it_and_nothing_is_changed() throws Exception {
        hook("before-shutdown", "hang");
        CompletableFuture<Result> run = CompletableFuture.supplyAsync(world::restart);
        assertThat(UserCode.begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(world.interrupt.raise(2)).isFalse();
        Result result = run.get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(world.deeds).doesNotContain("shutdown");
        assertThat(UserCode.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"hook_called, 2", "shutdown_begun, 2", "shutdown_done, 1", "start_done, 1"})
    void before_the_shutdown_it_is_called_anew_if_the_run_was_cut_off_before_it(String cut, int calls)
            throws Exception {
        hook("before-shutdown", "note");
        world.cutAfter(cut);
        world.interrupt = new Interrupt();
        assertThat(world.resume()).get().extracting(Result::service).isEqualTo(Service.UP);
        assertThat(UserCode.CALLS).hasSize(calls);
    }

    @Test
    void after_the_restart_it_is_not_called_again_when_the_journal_says_that_it_was() throws Exception {
        hook("after-restart", "note");
        world.cutAfter("hook_called");
        world.interrupt = new Interrupt();
        assertThat(world.resume()).get().extracting(Result::outcome).isEqualTo(Outcome.SUCCEEDED);
        assertThat(UserCode.CALLS).hasSize(1);
    }

    @Test
    void it_is_called_again_when_the_run_was_cut_off_between_the_call_and_the_journal() throws Exception {
        hook("after-restart", "note");
        world.journal.before = event -> {
            if (event instanceof Event.HookCalled) {
                world.machine.halt();
            }
        };
        assertThatThrownBy(() -> world.restart()).isInstanceOf(Machine.Halt.class);
        world.journal.before = event -> {};
        world.interrupt = new Interrupt();
        assertThat(world.resume()).get().extracting(Result::outcome).isEqualTo(Outcome.SUCCEEDED);
        assertThat(UserCode.CALLS).hasSize(2);
    }

    @Test
    void each_failure_of_a_run_is_told() throws Exception {
        hook("on-failure", "note");
        world.starter.failures = 6;
        assertThat(world.restart().exitCode()).isEqualTo(6);
        assertThat(UserCode.CALLS).hasSize(1);
        world.interrupt = new Interrupt();
        assertThat(world.resume()).get().extracting(Result::exitCode).isEqualTo(6);
        assertThat(UserCode.CALLS).hasSize(2);
    }

    @Test
    void without_hooks_there_is_nothing_of_them_in_the_journal() {
        assertThat(world.restart().exitCode()).isZero();
        assertThat(types()).doesNotContain("hook_called");
    }

    /** It blocks the context's end, too, unless that is cut short. */
    @Test
    void one_that_never_ends_does_not_keep_the_run_from_ending() throws Exception {
        hook("after-restart", "ignore");
        cutShort("ignore", SHORT);
        CompletableFuture<Result> run = CompletableFuture.supplyAsync(world::restart);
        await().atMost(Duration.ofSeconds(20)).until(run::isDone);
        awaitBegun("ignore");
        assertThat(run.get().exitCode()).isZero();
    }

    /** Whatever ends by itself has all the time that it needs. */
    private void cutShort(String behaviour, Duration limit) {
        if (ENDLESS.contains(behaviour)) {
            world.hookLimit = limit;
        }
    }

    /** One that was cut short before it began would show nothing. */
    private static void awaitBegun(String behaviour) throws InterruptedException {
        if (ENDLESS.contains(behaviour)) {
            assertThat(UserCode.begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<String> types() {
        return world.journal.latest().stream()
                .map(Entry::event)
                .map(Event::type)
                .toList();
    }

    private Path hook(String name, String behaviour) throws IOException {
        return Files.writeString(
                routes.resolve(name + ".camel.yaml"),
                """
                - route:
                    id: my-%1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - bean:
                            beanType: dev.rollcall.engine.UserCode
                            method: %2$s
                """
                        .formatted(name, behaviour));
    }
}
