package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for a supervisord: a restart waits for it, or is refused. */
class SupervisordCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/python3 /usr/bin/supervisord -n",
                "/srv/venv/bin/python3.11 /srv/venv/bin/supervisord",
                "python supervisord.py",
                "python3 -m supervisor.supervisord -c /a/s.conf",
                "python3 -msupervisor.supervisord",
                "python3 -um supervisor.supervisord",
                "python3 -Es /usr/bin/supervisord",
                "python3 -W ignore -X dev /usr/bin/supervisord",
                "pypy3 /usr/bin/supervisord",
                "pypy3.9-c /usr/bin/supervisord",
                "python3.13t /usr/bin/supervisord",
                "/usr/libexec/platform-python /usr/bin/supervisord",
                "/usr/bin/qemu-aarch64-static /usr/bin/python3 /usr/bin/supervisord -n",
                "supervisord -n",
                "/opt/frozen/supervisord -c /a/s.conf",
            })
    void these_are_supervisords(String line) {
        assertThat(isSupervisord("", line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journalctl -u supervisord -f",
                "systemctl status supervisord",
                "man supervisord",
                "vim /etc/logrotate.d/supervisord",
                "docker logs supervisord",
                "tail -f /var/log/supervisord",
                "less supervisord",
                "su supervisord -c celery",
                "supervisorctl",
                "python3 /usr/bin/supervisorctl",
                "python3 /srv/watch.py supervisord",
                "python3 -c code supervisord",
                "python3 -uc code supervisord",
                "python3 - supervisord",
                "python3 -m pip supervisord",
                "python3 -m supervisord",
                "python3 -m",
                "python3 -W supervisord",
                "python3 -Ximporttime",
                "python3",
                "/usr/bin/qemu-aarch64-static",
                "/usr/bin/qemu-aarch64-static /bin/cat supervisord",
            })
    void who_only_has_the_word_is_none(String line) {
        assertThat(isSupervisord("", line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tini -- supervisord -n", "sudo supervisord", "/bin/sh /usr/local/bin/supervisord"})
    void what_one_is_started_through_is_none(String line) {
        assertThat(isSupervisord("", line)).isFalse();
    }

    @Test
    void an_interpreter_is_known_by_its_executable_where_it_goes_by_another_name() {
        String line = "/srv/app/bin/app-python /srv/app/bin/supervisord";
        assertThat(isSupervisord("/usr/bin/python3.11", line)).isTrue();
        assertThat(isSupervisord("/usr/bin/python3.11 (deleted)", line)).isTrue();
        assertThat(isSupervisord("/usr/bin/vim", line)).isFalse();
    }

    @Test
    void a_path_may_have_blanks_and_a_title_that_ends_with_a_path_is_none() {
        assertThat(SupervisordCommand.is("", List.of("python3", "/opt/my env/bin/supervisord")))
                .isTrue();
        assertThat(SupervisordCommand.is(Host.PYTHON, List.of("watching /var/log/supervisord")))
                .isFalse();
    }

    @Test
    void who_says_nothing_is_none() {
        assertThat(SupervisordCommand.is("", List.of())).isFalse();
    }

    private static boolean isSupervisord(String exe, String line) {
        return SupervisordCommand.is(exe, List.of(line.split(" ")));
    }
}
