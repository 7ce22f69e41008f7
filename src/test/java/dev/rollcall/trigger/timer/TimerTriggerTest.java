package dev.rollcall.trigger.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;

/** The packaged routes with real Quartz, in a context as lean as the engine's. */
class TimerTriggerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path state;

    private final FakeIntake intake = new FakeIntake();
    private DefaultCamelContext context;

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
    }

    @Test
    void a_timer_rings_at_each_of_its_times_and_each_is_asked_once() throws Exception {
        start(Clock.systemUTC(), timer("often", "* * * * * ?", "UTC", true));
        await().atMost(PATIENCE).until(() -> intake.keys().size() >= 3);
        assertThat(intake.asked).extracting(a -> a.key().orElseThrow()).doesNotHaveDuplicates();
        assertThat(intake.keys()).allMatch(key -> key.matches("timer:often@20\\d\\d-.*Z"));
    }

    /** Also where nothing rings: the look at the start sees it. */
    @Test
    void what_was_missed_happens_right_after_the_start() throws Exception {
        Timer timer = timer("nightly", "0 30 3 * * ?", "UTC", true);
        join(new HandClock("2026-11-24T03:00:00Z"), timer);
        start(new HandClock("2026-11-25T12:00:00Z"), timer);
        await().atMost(PATIENCE).until(() -> !intake.keys().isEmpty());
        assertThat(intake.keys()).containsExactly("timer:nightly@2026-11-25T03:30:00Z");
    }

    @Test
    void quartz_has_the_times_of_each_in_its_zone_and_starts_with_one_that_is_over() throws Exception {
        start(
                Clock.systemUTC(),
                timer("a.b-c_d", "0 30 3 ? * 2#1", "+08:00", true),
                timer("over", "0 0 0 1 1 ? 2020", "Europe/Berlin", true),
                timer("berlin", " 0 0/5  4 L-3 * ? ", "Europe/Berlin", false));
        Scheduler scheduler =
                context.getComponent("quartz", QuartzComponent.class).getScheduler();
        assertThat(cron(scheduler, "a.b-c_d").getCronExpression()).isEqualTo("0 30 3 ? * 2#1");
        assertThat(cron(scheduler, "a.b-c_d").getTimeZone().getRawOffset()).isEqualTo(8 * 3600 * 1000);
        assertThat(cron(scheduler, "berlin").getCronExpression()).isEqualToNormalizingWhitespace("0 0/5 4 L-3 * ?");
        assertThat(cron(scheduler, "berlin").getTimeZone().getID()).isEqualTo("Europe/Berlin");
        assertThat(scheduler.getMetaData().getThreadPoolSize()).isEqualTo(1);
        assertThat(scheduler.getMetaData().isJobStoreSupportsPersistence()).isFalse();
        assertThat(context.getRoutes())
                .extracting(r -> r.getId())
                .contains("timer-a.b-c_d", "timer-over", "timer-berlin", "missed-timers");
    }

    @Test
    void an_intake_that_breaks_stops_nobody() throws Exception {
        intake.breaks = Optional.of(new IllegalStateException("broken for the test"));
        start(Clock.systemUTC(), timer("one", "* * * * * ?", "UTC", true), timer("two", "* * * * * ?", "UTC", true));
        await().atMost(PATIENCE).until(() -> intake.asked.size() >= 3);
        intake.breaks = Optional.empty();
        await().atMost(PATIENCE)
                .until(() -> intake.keys().stream()
                                .map(k -> k.substring(0, k.indexOf('@')))
                                .collect(Collectors.toSet())
                                .size()
                        == 2);
    }

    @Test
    void after_the_close_nothing_is_asked() throws Exception {
        TimerTrigger trigger = start(Clock.systemUTC(), timer("often", "* * * * * ?", "UTC", true));
        await().atMost(PATIENCE).until(() -> !intake.keys().isEmpty());
        trigger.close();
        int asked = intake.asked.size();
        Alarms alarms = context.getRegistry().lookupByNameAndType("timers", Alarms.class);
        for (int i = 0; i < 5; i++) {
            alarms.ring("often");
            alarms.look();
        }
        // one may have been under way
        assertThat(intake.asked.size()).isBetween(asked, asked + 1);
    }

    @Test
    void no_thread_is_left_behind() throws Exception {
        Set<String> before = threads();
        start(Clock.systemUTC(), timer("often", "* * * * * ?", "UTC", true));
        assertThat(threads()).anyMatch(name -> name.contains("timers"));
        context.stop();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(threads()).noneMatch(n -> !before.contains(n) && n.contains("timers")));
    }

    @Test
    void without_timers_nothing_is_started_and_nothing_written() throws Exception {
        start(Clock.systemUTC());
        assertThat(context.getRoutes()).isEmpty();
        assertThat(context.hasComponent("quartz")).isNull();
        assertThat(state.resolve("timers")).doesNotExist();
    }

    @Test
    void a_state_folder_that_is_none_stops_the_start_with_a_sentence() throws Exception {
        Files.writeString(state.resolve("timers"), "");
        assertThatThrownBy(() -> join(Clock.systemUTC(), timer("often", "* * * * * ?", "UTC", true)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tried to open the records of timers but ")
                .hasMessageContaining(state.resolve("timers").toString());
    }

    private static CronTrigger cron(Scheduler scheduler, String name) throws SchedulerException {
        return (CronTrigger) scheduler.getTrigger(new TriggerKey(name, "timers"));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private TimerTrigger start(Clock clock, Timer... timers) throws Exception {
        TimerTrigger trigger = join(clock, timers);
        context.start();
        return trigger;
    }

    private TimerTrigger join(Clock clock, Timer... timers) throws Exception {
        context = lean();
        TimerTrigger trigger = new TimerTrigger(List.of(timers), intake, state, clock);
        trigger.join(context);
        return trigger;
    }

    private static DefaultCamelContext lean() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.setMessageHistory(false);
        context.build();
        CamelContext camel = context;
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel).resolveResource("classpath:routes/triggers.camel.yaml"));
        return context;
    }

    private static Timer timer(String name, String cron, String zone, boolean once) throws UsageException {
        return new Timer(name, cron, ZoneId.of(zone), once, OptionSet.of(Map.of("target", "default"), "test"));
    }
}
