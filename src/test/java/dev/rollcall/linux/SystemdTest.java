package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.NoAnswerException;
import dev.rollcall.port.Starter.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdTest {
    @TempDir
    private Path folder;

    @Test
    void a_service_whose_main_process_it_is_is_its_unit() throws IOException {
        Systemd systemd = answering("MainPID=42");
        assertThat(systemd.unitOf(42, in("0::/system.slice/supervisor.service\n")))
                .contains("supervisor.service");
        assertThat(systemd.unitOf(42, in("0::/system.slice/system-s.slice/s@a\\x2db.service/below\n")))
                .contains("s@a\\x2db.service");
        assertThat(systemd.unitOf(
                        42, in("9:name=systemd:/system.slice/supervisor.service\n8:pids:/other.service\n0::/\n")))
                .contains("supervisor.service");
    }

    @Test
    void what_cron_or_a_person_started_is_no_unit() throws IOException {
        Systemd systemd = answering("MainPID=7");
        assertThat(systemd.unitOf(42, in("0::/system.slice/cron.service\n"))).isEmpty();
        assertThat(systemd.unitOf(42, in("0::/user.slice/user-0.slice/user@0.service/app.slice/x.service\n")))
                .isEmpty();
    }

    @Test
    void systemctl_is_not_even_asked_outside_a_service() throws IOException {
        Systemd systemd = answering("MainPID=42");
        assertThat(systemd.unitOf(42, in("0::/user.slice/user-0.slice/session-3.scope\n")))
                .isEmpty();
        assertThat(systemd.unitOf(42, in("4:memory:/x.service\n0::/\n"))).isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
        systemd.unitOf(42, in("0::/system.slice/supervisor.service"));
        assertThat(folder.resolve("asked")).hasContent("show -p MainPID -- supervisor.service");
    }

    @Test
    void no_systemctl_or_no_answer_is_no_unit() throws IOException {
        String cgroup = "0::/system.slice/supervisor.service\n";
        assertThat(new Systemd(folder.resolve("none"), folder).unitOf(42, in(cgroup)))
                .isEmpty();
        assertThat(answering("").unitOf(42, in(cgroup))).isEmpty();
        assertThat(answering("MainPID=420").unitOf(42, in(cgroup))).isEmpty();
    }

    @Test
    void a_unit_is_started_and_stopped_by_name() throws IOException {
        Systemd systemd = answering("");
        String program = systemd.systemctl().toString();
        Duration limit = Duration.ofSeconds(1);
        assertThat(systemd.stop("-odd.service", limit).argv())
                .endsWith(program, "--no-ask-password", "--no-block", "stop", "--", "-odd.service");
        assertThat(systemd.start("-odd.service", limit).argv())
                .endsWith(program, "--no-ask-password", "start", "--", "-odd.service");
        assertThat(systemd.manages()).isTrue();
    }

    @Test
    void a_unit_is_asked_whether_it_ends_all_its_processes() throws Exception {
        ControlGroup nightly = in("9:name=systemd:/\n0::/system.slice/nightly.service\n");
        assertThat(showing("KillMode=control-group").endsAll(nightly)).isTrue();
        assertThat(folder.resolve("asked")).hasContent("show -p KillMode -p LoadState -- nightly.service");
        assertThat(showing("KillMode=mixed").endsAll(nightly)).isTrue();
        assertThat(showing("KillMode=process").endsAll(nightly)).isFalse();
        assertThat(showing("KillMode=none").endsAll(nightly)).isFalse();
    }

    @Test
    void outside_of_a_unit_nobody_is_asked() throws Exception {
        Systemd systemd = showing("KillMode=control-group");
        assertThat(systemd.endsAll(in("0::/user.slice/user-0.slice/session-3.scope\n")))
                .isFalse();
        assertThat(systemd.endsAll(in("0::/user.slice/user-7.slice/user@7.service/app.slice/term-1.scope\n")))
                .isFalse();
        assertThat(systemd.endsAll(ControlGroup.NONE)).isFalse();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void a_user_s_own_manager_is_asked_about_its_services() throws Exception {
        Systemd systemd = answering("\"$XDG_RUNTIME_DIR\" >> " + folder.resolve("asked")
                + "; echo KillMode=control-group; echo LoadState=loaded");
        assertThat(systemd.endsAll(in("0::/user.slice/user-7.slice/user@7.service/app.slice/nightly.service\n")))
                .isTrue();
        assertThat(folder.resolve("asked"))
                .hasContent("--user show -p KillMode -p LoadState -- nightly.service\n/run/user/7");
    }

    @Test
    void no_answer_is_no_leave_but_of_a_user_s_manager_nothing_is_expected() throws Exception {
        Systemd systemd = answering("");
        assertThatThrownBy(() -> systemd.endsAll(in("0::/system.slice/nightly.service\n")))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("systemctl show nightly.service");
        assertThat(systemd.endsAll(in("0::/user.slice/user-7.slice/user@7.service/nightly.service\n")))
                .isFalse();
    }

    @Test
    void of_a_unit_that_is_not_loaded_systemctl_makes_up_an_answer() throws Exception {
        Systemd systemd = answering("; printf '%s\\n' KillMode=control-group LoadState=not-found");
        assertThat(systemd.endsAll(in("0::/system.slice/gone.service\n"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ActiveState=active, Job=, false",
        "ActiveState=active, Job=0, false",
        "ActiveState=active, Job=4711, true",
        "ActiveState=deactivating, Job=, true",
    })
    void a_unit_that_is_being_stopped_or_will_be_is_in_motion(String state, String job, boolean moves)
            throws Exception {
        Systemd systemd = showing("MainPID=42", "KillMode=mixed", "Restart=no", state, job);
        ControlGroup place = in("0::/system.slice/s.service\n");
        assertThat(systemd.unit(42, 1, place).orElseThrow().inMotion()).isEqualTo(moves);
    }

    @Test
    void where_systemd_does_not_run_nothing_ends() throws Exception {
        Systemd answers = showing("KillMode=control-group");
        Systemd container = new Systemd(answers.systemctl(), folder.resolve("not-booted"));
        ControlGroup nightly = in("0::/system.slice/nightly.service\n");
        assertThat(container.endsAll(nightly)).isFalse();
        assertThat(container.unit(42, 1, nightly)).isEmpty();
    }

    @Test
    void how_a_unit_is_treated_is_told() throws Exception {
        Systemd systemd = showing("MainPID=42", "KillMode=mixed", "Restart=no", "TimeoutStopUSec=1min 30s");
        ControlGroup place = in("0::/system.slice/s.service\n");
        Unit unit = new Unit("s.service", true, KillMode.MIXED, true, Optional.of(Duration.ofSeconds(90)), false);
        assertThat(systemd.unit(42, 1, place)).contains(unit);
        assertThat(folder.resolve("asked"))
                .hasContent("show -p MainPID -p KillMode -p Restart -p RemainAfterExit -p ExecStop"
                        + " -p TimeoutStopUSec -p ActiveState -p Job -p LoadState -- s.service");
        assertThat(systemd.unit(43, 42, place).orElseThrow().main())
                .as("below a shell")
                .isFalse();
        assertThat(systemd.unit(43, 1, place)).as("of cron or a person").isEmpty();
        assertThat(systemd.unit(42, 1, ControlGroup.NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "no, no, false, true",
        "no, no, true, true",
        "on-failure, no, false, true",
        "on-failure, no, true, false",
        "always, no, false, false",
        "on-success, no, false, false",
        "no, yes, false, false"
    })
    void a_unit_is_over_with_its_main_process_unless_it_starts_again_or_counts_as_active(
            String restart, String remains, boolean hasStop, boolean over) throws Exception {
        String stop = hasStop ? "ExecStop={ path=/usr/bin/supervisorctl ; }" : "Names=s.service";
        Systemd systemd = showing(
                "MainPID=42", "KillMode=control-group", "Restart=" + restart, "RemainAfterExit=" + remains, stop);
        Unit unit = systemd.unit(42, 1, in("0::/system.slice/s.service\n")).orElseThrow();
        assertThat(unit.endsWithMain()).isEqualTo(over);
    }

    /** A ^C that is meant for Rollcall, after the stop (S8). */
    @Test
    void the_signals_of_a_terminal_do_not_reach_systemctl() throws IOException {
        Systemd systemd = answering("; kill -INT $$; kill -HUP $$; kill -QUIT $$; kill -TERM $$");
        for (Command command : List.of(
                systemd.start("s.service", Duration.ofSeconds(5)), systemd.stop("s.service", Duration.ofSeconds(5)))) {
            assertThat(new RealCommands().run(command).exit()).isZero();
        }
    }

    private Systemd showing(String... lines) throws IOException {
        return answering("; printf '%s\\n' LoadState=loaded '" + String.join("' '", lines) + "'");
    }

    private static ControlGroup in(String cgroup) {
        return ControlGroup.of(cgroup);
    }

    private Systemd answering(String answer) throws IOException {
        String script = "#!/bin/sh\necho \"$@\" > " + folder.resolve("asked") + "\necho " + answer + "\n";
        Path program = Files.writeString(folder.resolve("systemctl"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Systemd(program, folder);
    }
}
