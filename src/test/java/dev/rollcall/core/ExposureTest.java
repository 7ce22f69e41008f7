package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final Program DOWN = Host.program("down", "down", 0, "celery worker");
    private static final Program GONE = Host.program("gone", "gone", 4711, "celery worker");

    @Test
    void a_bystander_in_the_programs_group_is_exposed_and_one_outside_is_not() {
        Host host = Host.withWorker()
                .add(row(210, 201).group(200))
                .add(row(211, 201).leads())
                .add(row(0, 0));
        Bystander inside = Rolls.bystander(210, "sleep");
        List<Bystander> all = List.of(inside, Rolls.bystander(211, "sleep"), Rolls.bystander(4712, "gone"));
        assertThat(Exposure.of(host.premises(CELERY, DOWN, GONE), all).groups())
                .isEqualTo(Map.of("worker", List.of(inside)));
    }

    /** A script may have executed it: the command does not tell, the process does. */
    @Test
    void a_wrapper_that_signals_a_group_is_known_by_its_process_too() {
        Program script = Host.program("worker", "worker", 200, "/srv/run.sh");
        Host host = new Host()
                .add(row(200, SUPERVISORD).argv("timeout", "12h", "celery").of(script))
                .add(Host.worker(201, 200).group(200))
                .add(row(210, 1).group(200));
        Bystander inside = Rolls.bystander(210, "sleep");
        Roll roll = Rolls.roll("redis", List.of(), List.of(inside));
        Exposure exposure = Exposure.of(host.premises(script), List.of(inside));
        Plan plan = Planner.plan(roll, List.of(script), exposure, Options.DEFAULTS);
        assertThat(plan.refusals()).singleElement().satisfies(refusal -> assertThat(refusal.message())
                .contains("it runs below timeout(1)", "pid 210"));
    }

    @Test
    void an_init_that_signals_the_group_of_its_child_exposes_who_is_in_that() {
        Bystander inside = Rolls.bystander(210, "sleep");
        assertThat(groups("dumb-init", inside)).isEqualTo(Map.of("worker", List.of(inside)));
        assertThat(groups("other-init", inside)).isEqualTo(Map.of("worker", List.of()));
    }

    private static Map<String, List<Bystander>> groups(String init, Bystander bystander) {
        Program wrapped = Host.program("worker", "worker", 200, init + " celery -A shop worker");
        Host host = new Host()
                .add(row(200, SUPERVISORD).argv(init, "celery").of(wrapped))
                .add(Host.worker(201, 200).leads())
                .add(row(210, 1).group(201).session(201));
        return Exposure.of(host.premises(wrapped), List.of(bystander)).groups();
    }

    @Test
    void a_shell_around_supervisord_goes_with_it() {
        Host host = new Host(99).add(row(99, 1).argv("/bin/sh", "start.sh"));
        Roll roll = Rolls.roll();
        Exposure exposure = Exposure.of(host.premises(), List.of())
                .with("s.service", List.of(99L, SUPERVISORD), host.table(), roll);
        assertThat(exposure.inUnit()).isEmpty();
    }

    @Test
    void in_a_unit_that_ends_all_its_processes_whoever_does_not_go_with_supervisord_is_exposed() {
        Host host = Host.withWorker()
                .add(row(210, 201).leads())
                .add(row(300, SUPERVISORD).argv("nginx"))
                .add(row(301, 300).argv("nginx"))
                .add(row(400, 1).leads())
                .add(row(401, 1).leads())
                .add(row(402, 1).state('Z'))
                .add(row(500, 1).argv("orphan"))
                .add(row(501, 500).argv("orphan"));
        Roll roll = Rolls.roll(
                "redis",
                List.of(
                        Rolls.node("w@h", "worker", 200, 201, 202),
                        Rolls.orphan(Rolls.node("o@h", "worker", 500, 501))),
                List.of(Rolls.bystander(210, "sleep")));
        List<Long> residents = List.of(100L, 200L, 201L, 202L, 210L, 300L, 301L, 400L, 402L, 403L, 500L, 501L);

        Exposure exposure =
                Exposure.of(host.premises(CELERY), roll.bystanders()).with("s.service", residents, host.table(), roll);

        assertThat(exposure.unit()).isEqualTo("s.service");
        assertThat(exposure.inUnit())
                .as("the bystander, and one whose parent is gone; not what has ended or lives elsewhere")
                .containsExactly(210L, 400L);
    }
}
