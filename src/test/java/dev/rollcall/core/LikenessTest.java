package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two processes are of one worker, and whether a program's command started one. */
class LikenessTest {
    @ParameterizedTest
    @CsvSource({
        "celery -A x worker, /usr/bin/python3 /usr/bin/celery -A x worker, true",
        "sh -c 'celery -A x worker', celery -A x worker, true",
        "celery -A x worker -l info, celery -A x worker, true",
        "celery -A x worker, celery -A x worker -l info, false",
        "celery -A x worker, celery -A y worker, false",
        "celery -A x worker, celery -A x beat, false",
        "celery -A x beat, celery -A x worker, false",
    })
    void a_program_started_what_has_its_arguments(String command, String argv, boolean started) {
        assertThat(CeleryCommand.startedBy(command, List.of(argv.split(" ")))).isEqualTo(started);
    }

    @Test
    void a_title_was_started_by_the_command_it_quotes() {
        List<String> title = List.of("[celeryd: w@h:MainProcess] -active- (-A x worker)");
        assertThat(CeleryCommand.startedBy("celery -A x worker", title)).isTrue();
        assertThat(CeleryCommand.startedBy("celery -A y worker", title)).isFalse();
    }

    @Test
    void the_same_command_line_of_another_executable_is_not_alike() {
        assertThat(alike(Host.worker(1, 0), Host.worker(2, 0))).isTrue();
        assertThat(alike(Host.worker(1, 0), Host.worker(2, 0).exe("/usr/bin/python3.9")))
                .isFalse();
        assertThat(alike(Host.worker(1, 0), Host.worker(2, 0).argv("celery", "-A", "other", "worker")))
                .isFalse();
    }

    @Test
    void titles_are_alike_by_their_node() {
        Host.Row main = Host.row(1, 0).argv("[celeryd: a@h:MainProcess] (worker)");
        assertThat(alike(main, Host.row(2, 1).argv("[celeryd: a@h:ForkPoolWorker-1]")))
                .isTrue();
        assertThat(alike(main, Host.row(2, 1).argv("[celeryd: b@h:ForkPoolWorker-1]")))
                .isFalse();
        assertThat(alike(main, Host.worker(2, 1))).isFalse();
        assertThat(alike(Host.worker(2, 1), main)).isFalse();
    }

    private static boolean alike(Host.Row main, Host.Row other) {
        return CeleryCommand.alike(main.entry(), other.entry());
    }
}
