package dev.rollcall.trigger.timer;

import dev.rollcall.config.Triggers.Timer;
import dev.rollcall.trigger.Intake;
import dev.rollcall.trigger.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;

/** The timers of the configuration, each with a route of its own; without timers Quartz is not started. */
public final class TimerTrigger implements Part {
    /** All in memory, for what must outlive the engine is in the state folder; one thread, for a firing only asks. */
    private static final Map<String, String> QUARTZ = Map.of(
            "org.quartz.scheduler.instanceName", "timers",
            "org.quartz.scheduler.skipUpdateCheck", "true",
            "org.quartz.scheduler.makeSchedulerThreadDaemon", "true",
            "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
            "org.quartz.threadPool.threadCount", "1",
            "org.quartz.threadPool.makeThreadsDaemons", "true",
            "org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");

    private final List<Timer> timers;
    private final Intake intake;
    private final TimerFolder folder;
    private final Clock clock;
    private Optional<Alarms> alarms = Optional.empty();

    public TimerTrigger(List<Timer> timers, Intake intake, Path stateDir, Clock clock) {
        this.timers = List.copyOf(timers);
        this.intake = intake;
        this.folder = new TimerFolder(stateDir);
        this.clock = clock;
    }

    @Override
    public void join(CamelContext context) throws IOException {
        Alarms open = open();
        if (timers.isEmpty()) {
            return;
        }
        alarms = Optional.of(open);
        context.getRegistry().bind("timers", open);
        QuartzComponent quartz = new QuartzComponent(context);
        quartz.setEnableJmx(false);
        quartz.setProperties(new HashMap<>(QUARTZ));
        context.addComponent("quartz", quartz);
        timers.forEach(timer -> add(timer, context));
        TemplatedRouteBuilder.builder(context, "missed-timers")
                .routeId("missed-timers")
                .add();
    }

    private Alarms open() throws IOException {
        try {
            folder.open(timers.stream().map(Timer::name).collect(Collectors.toSet()));
            Map<String, Alarm> all = new HashMap<>();
            for (Timer timer : timers) {
                all.put(timer.name(), Alarm.open(timer, intake, folder, clock.instant()));
            }
            return new Alarms(all, clock);
        } catch (IOException e) {
            throw new IOException(
                    "tried to open the records of timers but " + e + "; check space and rights of the state folder", e);
        }
    }

    private static void add(Timer timer, CamelContext context) {
        TemplatedRouteBuilder.builder(context, "timer")
                .routeId("timer-" + timer.name())
                .parameter("name", timer.name())
                .parameter("cron", timer.cron())
                // java.time's +08:00 is GMT+08:00 here; what it does not know it takes for GMT
                .parameter("zone", TimeZone.getTimeZone(timer.zone()).getID())
                .add();
    }

    @Override
    public void close() {
        alarms.ifPresent(Alarms::stop);
    }
}
