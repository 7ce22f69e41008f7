package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Program;
import dev.rollcall.port.Supervisor.RpcException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Starts what was running and does not come up with supervisord by itself. */
final class ByName {
    private static final int ALREADY_STARTED = 60;

    private final World world;
    private final Going going;

    ByName(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    void start() {
        Map<String, Program> now = now();
        for (Program before : going.site().former()) {
            Optional<Program> here = Optional.ofNullable(now.get(before.fullName()));
            if (isAsleep(before, here) || isDead(before, here)) {
                start(before.fullName());
            }
        }
    }

    /** Without autostart it would stay down; once it has been started by this run, whoever has stopped it since has meant it. */
    private boolean isAsleep(Program before, Optional<Program> here) {
        return before.running()
                && !before.autostart()
                && !going.aftermath().hasStarted()
                && here.filter(Program::wanted).isEmpty();
    }

    /** Supervisord has given it up since this run was cut off, or ended with the service down. */
    private boolean isDead(Program before, Optional<Program> here) {
        return going.run().past().isPresent()
                && Former.isComing(before)
                && here.filter(p -> p.state().equals("FATAL")).isPresent();
    }

    private Map<String, Program> now() {
        Map<String, Program> now = new HashMap<>();
        try {
            world.supervisor()
                    .programs(going.site().server(), going.site().conf())
                    .forEach(p -> now.put(p.fullName(), p));
        } catch (RpcException e) {
            // it has just come up: what runs already is then said to
            now.clear();
        }
        return now;
    }

    private void start(String program) {
        try {
            world.supervisor().start(going.site().server(), program);
        } catch (RpcException e) {
            if (e.fault() != ALREADY_STARTED) {
                going.run()
                        .found(Finding.warning(
                                "PROGRAM_NOT_STARTED",
                                "tried to start " + program + " but " + e.getMessage(),
                                "supervisorctl start " + program));
            }
        }
    }
}
