package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.Reach;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A supervisord that somebody is shutting down: its socket goes first. Whoever asks for a restart then wants it up again. */
record Departure(World world, ProcessIdentity supervisord, ServerAddress server) {
    private static final Duration POLL = Duration.ofMillis(50);

    /** Waits for its end as long as there is reason to. */
    boolean isOver(SupervisorConf conf) {
        long began = world.clock().nanos();
        long limit = 0;
        while (world.processes().alive(supervisord)) {
            // what it says while it goes changes: an answer, a broken connection, nobody there
            limit = Math.max(limit, seconds(world.supervisor().contact(server).reach(), conf));
            if (world.clock().nanos() - began >= TimeUnit.SECONDS.toNanos(limit)) {
                return false;
            }
            world.clock().pause(POLL);
        }
        return true;
    }

    private static long seconds(Reach reach, SupervisorConf conf) {
        return switch (reach) {
            case STOPPING -> conf.programs().stream()
                            .mapToLong(Program::stopWaitSecs)
                            .sum()
                    + 10;
            case ABSENT, SILENT -> 5;
            case UP, DENIED -> 0;
        };
    }
}
