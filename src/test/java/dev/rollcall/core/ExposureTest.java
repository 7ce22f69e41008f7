package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
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
        assertThat(Exposure.of(host.premises(CELERY, DOWN, GONE), all)).isEqualTo(Map.of("worker", List.of(inside)));
    }
}
