package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom pid 1 of a container waits for (S2): it ends with that, and everybody else with it. */
class PidOneTest {
    private static final boolean FOREGROUND = true;
    private static final boolean DAEMON = false;
    /** Whose mounts are not those of pid 1. */
    private LongPredicate elsewhere = pid -> false;

    /** Hundredths of a second. */
    private static final long LATER = 2000;

    @Test
    void tini_and_a_script_wait_for_a_child_in_their_session() {
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "/usr/bin/tini", "--"), row(7, 1, 1, "supervisord")))
                .contains("tini");
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "/bin/sh", "/entrypoint.sh"), row(7, 1, 1, "supervisord")))
                .contains("sh");
    }

    @Test
    void what_a_script_runs_below_a_shell_in_the_session_of_pid_one() {
        // made its own session by the child of pid 1, and supervisord's is that of pid 1 all the same
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "tini"), row(6, 1, 6, "su", "www"), row(7, 6, 1, "supervisord")))
                .isNotEmpty();
    }

    @Test
    void the_leader_of_the_session_may_be_outside_of_the_container() {
        assertThat(keeper(FOREGROUND, row(1, 0, 0, "bash"), row(7, 1, 0, "supervisord")))
                .isNotEmpty();
    }

    @Test
    void dumb_init_gives_its_child_a_session_of_its_own() {
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "dumb-init", "--"), row(7, 1, 7, "supervisord")))
                .isNotEmpty();
        assertThat(keeper(
                        FOREGROUND,
                        row(1, 0, 1, "dumb-init", "--"),
                        row(6, 1, 6, "bash", "/entrypoint.sh"),
                        row(7, 6, 6, "supervisord")))
                .isNotEmpty();
    }

    @Test
    void nobody_waits_for_one_that_has_daemonized() {
        assertThat(keeper(DAEMON, row(1, 0, 1, "/bin/sh", "/entrypoint.sh"), row(7, 1, 7, "supervisord")))
                .isEmpty();
    }

    @Test
    void one_that_pid_one_has_adopted_began_later_than_what_it_waits_for() {
        // as Rollcall itself leaves a foreground one behind
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "dumb-init", "--"), row(7, 1, 7, LATER, "supervisord")))
                .isEmpty();
        assertThat(keeper(
                        FOREGROUND,
                        row(1, 0, 0, "/agent", "--vm-init"),
                        row(6, 1, 6, LATER, "bash"),
                        row(7, 6, 6, LATER, "supervisord")))
                .isEmpty();
    }

    @Test
    void nobody_waits_for_what_somebody_runs_in_a_session_of_another() {
        ProcessEntry sshd = row(1, 0, 1, "/usr/sbin/sshd", "-D");
        assertThat(keeper(FOREGROUND, sshd, row(5, 1, 5, "sshd:"), row(6, 5, 6, "bash"), row(7, 6, 6, "supervisord")))
                .isEmpty();
    }

    @Test
    void one_that_was_brought_in_from_outside_is_not_pid_one_s() {
        assertThat(keeper(FOREGROUND, row(1, 0, 1, "/bin/sh", "/entrypoint.sh"), row(7, 0, 7, "supervisord")))
                .isEmpty();
    }

    /** Incident: in a pod whose containers share their pids nothing was refused, and the container ended with its supervisord. */
    @Test
    void the_first_process_of_a_container_that_shares_the_pids_of_another_has_no_parent_and_is_not_pid_one() {
        elsewhere = pid -> pid > 1;
        ProcessEntry pause = row(1, 0, 1, "/pause");
        assertThat(keeper(FOREGROUND, pause, row(7, 0, 7, "supervisord"))).contains("supervisord");
        assertThat(keeper(FOREGROUND, pause, row(6, 0, 6, "tini", "--"), row(7, 6, 6, "supervisord")))
                .contains("tini");
        assertThat(keeper(FOREGROUND, pause, row(6, 0, 6, "dumb-init", "--"), row(7, 6, 7, "supervisord")))
                .contains("dumb-init");
    }

    @Test
    void in_such_a_container_too_nobody_waits_for_a_daemon_or_for_what_a_service_manager_runs() {
        elsewhere = pid -> pid > 1;
        ProcessEntry pause = row(1, 0, 1, "/pause");
        assertThat(keeper(DAEMON, pause, row(7, 0, 7, "supervisord"))).isEmpty();
        assertThat(keeper(DAEMON, pause, row(6, 0, 6, "sh", "/entrypoint.sh"), row(7, 1, 7, "supervisord")))
                .isEmpty();
        assertThat(keeper(FOREGROUND, pause, row(6, 0, 6, "s6-svscan"), row(7, 6, 6, "supervisord")))
                .isEmpty();
        // what the kernel itself has executed
        assertThat(keeper(FOREGROUND, pause, row(2, 0, 0), row(7, 2, 7, "supervisord")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sbin/init",
                "init [2]  ",
                "/usr/lib/systemd/systemd",
                "/init",
                "runit",
                "runsvdir",
                "s6-svscan",
                "openrc-init",
                "/sbin/procd",
                "dinit",
                "launchd"
            })
    void a_service_manager_outlives_its_services(String manager) {
        assertThat(keeper(FOREGROUND, row(1, 0, 1, manager), row(7, 1, 1, "supervisord")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sbin/docker-init", "/run/podman-init", "catatonit", "/usr/bin/dumb-init"})
    void one_for_containers_is_called_alike_and_does_not(String name) {
        assertThat(keeper(FOREGROUND, row(1, 0, 1, name), row(7, 1, 1, "supervisord")))
                .isNotEmpty();
    }

    @Test
    void what_a_service_manager_below_pid_one_runs_is_started_anew_by_that() {
        ProcessEntry tini = row(1, 0, 1, "tini");
        assertThat(keeper(FOREGROUND, tini, row(6, 1, 1, "runsv", "web"), row(7, 6, 1, "supervisord")))
                .isEmpty();
        assertThat(keeper(FOREGROUND, tini, row(6, 1, 1, "python3", "/bin/supervisord"), row(7, 6, 1, "supervisord")))
                .isEmpty();
    }

    @Test
    void of_a_pid_one_that_may_not_be_looked_at_nothing_is_known() {
        assertThat(keeper(FOREGROUND, row(7, 1, 7, "supervisord"))).isEmpty();
        assertThat(keeper(FOREGROUND, row(1, 0, 1), row(7, 1, 7, "supervisord")))
                .isEmpty();
    }

    private Optional<String> keeper(boolean foreground, ProcessEntry... rows) {
        return new PidOne(new ProcessTable(Machine.BOOT, List.of(rows)), elsewhere)
                .waitsFor(7, foreground)
                .map(PidOne.Keeper::name);
    }

    private static ProcessEntry row(long pid, long parent, long session, String... argv) {
        return row(pid, parent, session, 100 + pid, argv);
    }

    private static ProcessEntry row(long pid, long parent, long session, long ticks, String... argv) {
        return new ProcessEntry(pid, ticks, parent, pid, session, 'S', 0, "", List.of(argv), Map.of());
    }
}
