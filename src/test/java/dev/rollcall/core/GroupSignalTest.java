package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop that would reach what tasks have detached: the restart is refused before anything is touched (S3). */
class GroupSignalTest {
    private static final Roll ROLL = Rolls.roll("redis", List.of(), List.of(Rolls.bystander(300, "sleep 600")));

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void of_a_supervisord_that_signals_whole_groups(boolean stop, boolean kill) {
        assertThat(refusals(program("celery -A shop worker", stop, kill))).containsExactly("BYSTANDER_LOSS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout 3600 celery -A shop worker", "/usr/bin/timeout -k 5 60 celery -A shop worker"})
    void of_a_timeout_around_the_worker(String command) {
        assertThat(refusals(program(command, false, false))).containsExactly("BYSTANDER_LOSS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nice -n 10 timeout 12h celery -A shop worker",
                "X=1 timeout 12h celery -A shop worker",
                "env X=1 Y=2 /usr/bin/timeout 12h celery -A shop worker",
                "ionice -c 3 chrt -b 0 taskset -c 0,1 stdbuf -oL setpriv --reuid 33 timeout 12h celery -A shop worker",
                "timeout --foreground 12h timeout 1h celery -A shop worker",
                "sh -c \"cd /srv; exec timeout 12h celery -A shop worker\"",
                "bash -ec 'exec nice timeout 12h celery -A shop worker || exit 1'",
                "bash -c 'cd /srv && timeout 12h celery -A shop worker'",
            })
    void of_a_timeout_behind_other_wrappers(String command) {
        assertThat(refusals(program(command, false, false))).containsExactly("BYSTANDER_LOSS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dumb-init celery -A shop worker -c 4",
                "/usr/bin/dumb-init -v -r 15:3 -- celery -A shop worker -c 4",
                "tini -g -- celery -A shop worker",
                "env X=1 /usr/bin/tini -sg celery -A shop worker",
                "dumb-init -c timeout 12h celery -A shop worker",
                "tini -p SIGTERM -- timeout 12h celery -A shop worker",
            })
    void of_an_init_that_signals_the_group_of_its_child(String command) {
        assertThat(refusals(program(command, false, false))).containsExactly("BYSTANDER_LOSS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dumb-init -c celery -A shop worker",
                "dumb-init -r 15:3 --single-child -- celery -A shop worker",
                "tini -s -- celery -A shop worker -g 5",
                "nice -n 10 celery -A timeout worker",
                "nice /srv/run.sh timeout 5",
                "/srv/run.sh timeout 5 celery -A shop worker",
                "env X=1",
                "sh -c 'timeout 12h celery -A shop worker; true'",
                "sh -c 'timeout 12h celery -A shop worker'",
                "bash /srv/run.sh",
                "bash -c",
                "timeout -k 5 --foreground 12h celery -A shop worker",
            })
    void not_a_wrapper_that_passes_its_signal_to_its_child_alone_or_gets_none(String command) {
        assertThat(refusals(program(command, false, false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery -A shop worker", "timeout --foreground 3600 celery -A shop worker"})
    void not_one_that_reaches_the_main_process_alone(String command) {
        assertThat(refusals(program(command, false, false))).isEmpty();
    }

    @Test
    void of_a_unit_that_ends_every_process_in_it() {
        Exposure exposed = new Exposure(Map.of(), "s.service", List.of(300L), Map.of());
        Plan refused = Planner.plan(ROLL, List.of(), exposed, Options.DEFAULTS);
        assertThat(refused.refusals()).extracting(Problem::code).containsExactly("BYSTANDER_LOSS");
        assertThat(refused.refusals().get(0).message()).contains("s.service", "pid 300", "KillMode=process");
        Plan nobody = Planner.plan(
                ROLL, List.of(), new Exposure(Map.of(), "s.service", List.of(), Map.of()), Options.DEFAULTS);
        assertThat(nobody.refusals()).isEmpty();
    }

    private static List<String> refusals(Program program) {
        Exposure exposed = new Exposure(Map.of(program.fullName(), ROLL.bystanders()), "", List.of(), Map.of());
        return Planner.plan(ROLL, List.of(program), exposed, Options.DEFAULTS).refusals().stream()
                .map(Problem::code)
                .toList();
    }

    private static Program program(String command, boolean stopAsGroup, boolean killAsGroup) {
        return new Program("w", "w", "RUNNING", 200, true, 10, "TERM", killAsGroup, stopAsGroup, 999, command);
    }
}
