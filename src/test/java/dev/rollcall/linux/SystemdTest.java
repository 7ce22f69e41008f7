package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.port.Starter.KillMode;
import dev.rollcall.port.Starter.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
        Duration limit = Duration.ofSeconds(1);
        assertThat(systemd.stop("-odd.service", limit).argv())
                .endsWith("--no-ask-password", "--no-block", "stop", "--", "-odd.service")
                .startsWith(folder.resolve("systemctl").toString());
        assertThat(systemd.start("-odd.service", limit).argv())
                .endsWith("--no-ask-password", "start", "--", "-odd.service");
        assertThat(systemd.manages()).isTrue();
    }

    @Test
    void a_unit_that_ends_all_its_processes_takes_along_what_is_born_in_it() throws IOException {
        String ours = "9:name=systemd:/\n0::/system.slice/nightly.service\n";
        assertThat(answering("KillMode=control-group").takesAlong(in(ours), in("0::/user.slice/session-3.scope\n")))
                .contains("nightly.service");
        assertThat(folder.resolve("asked")).hasContent("show -p KillMode -- nightly.service");
        assertThat(answering("KillMode=mixed").takesAlong(in(ours), ControlGroup.NONE))
                .contains("nightly.service");
    }

    @Test
    void one_that_leaves_them_does_not() throws IOException {
        String ours = "0::/system.slice/rollcall.service\n";
        assertThat(answering("KillMode=process").takesAlong(in(ours), ControlGroup.NONE))
                .isEmpty();
        assertThat(answering("KillMode=none").takesAlong(in(ours), ControlGroup.NONE))
                .isEmpty();
        assertThat(answering("").takesAlong(in(ours), ControlGroup.NONE))
                .as("no answer")
                .isEmpty();
    }

    @Test
    void who_lives_in_it_already_is_no_worse_off() throws IOException {
        String ours = "0::/system.slice/agent.service\n";
        Systemd systemd = answering("KillMode=control-group");
        assertThat(systemd.takesAlong(in(ours), in("0::/system.slice/agent.service/job-7\n")))
                .isEmpty();
        assertThat(systemd.takesAlong(in(ours), in("0::/system.slice/other.service\n")))
                .contains("agent.service");
    }

    @Test
    void a_scope_lasts_as_long_as_its_processes_and_nobody_is_asked() throws IOException {
        Systemd systemd = answering("KillMode=control-group");
        assertThat(systemd.takesAlong(in("0::/user.slice/user-0.slice/session-3.scope\n"), ControlGroup.NONE))
                .isEmpty();
        assertThat(systemd.takesAlong(
                        in("0::/user.slice/user-7.slice/user@7.service/app.slice/term-1.scope\n"), ControlGroup.NONE))
                .isEmpty();
        assertThat(systemd.takesAlong(ControlGroup.NONE, ControlGroup.NONE))
                .as("no control groups")
                .isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void a_user_s_own_manager_is_asked_about_its_services() throws IOException {
        String manager = "0::/user.slice/user-7.slice/user@7.service/";
        Systemd systemd = answering("KillMode=control-group \"$XDG_RUNTIME_DIR\" >> " + folder.resolve("asked")
                + "; echo KillMode=control-group");
        assertThat(systemd.takesAlong(
                        in(manager + "app.slice/nightly.service\n"), in(manager + "app.slice/other.service\n")))
                .contains("nightly.service");
        assertThat(folder.resolve("asked"))
                .hasContent("--user show -p KillMode -- nightly.service\nKillMode=control-group /run/user/7");
    }

    @Test
    void where_systemd_does_not_run_nothing_ends() throws IOException {
        Systemd answers = answering("KillMode=control-group");
        Systemd container = new Systemd(answers.systemctl(), folder.resolve("not-booted"));
        assertThat(container.takesAlong(in("0::/system.slice/nightly.service\n"), ControlGroup.NONE))
                .isEmpty();
    }

    @Test
    void how_a_unit_is_treated_is_told() throws IOException {
        Systemd systemd = showing("KillMode=mixed", "Restart=no", "RemainAfterExit=no", "TimeoutStopUSec=1min 30s");
        assertThat(systemd.unit("s.service"))
                .contains(new Unit("s.service", KillMode.MIXED, true, Optional.of(Duration.ofSeconds(90))));
        assertThat(folder.resolve("asked"))
                .hasContent(
                        "show -p KillMode -p Restart -p RemainAfterExit -p ExecStop -p TimeoutStopUSec -- s.service");
        assertThat(answering("").unit("s.service")).as("no answer").isEmpty();
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
            String restart, String remains, boolean hasStop, boolean over) throws IOException {
        String stop = hasStop ? "ExecStop={ path=/usr/bin/supervisorctl ; }" : "Names=s.service";
        Systemd systemd = showing("KillMode=control-group", "Restart=" + restart, "RemainAfterExit=" + remains, stop);
        assertThat(systemd.unit("s.service").orElseThrow().endsWithMain()).isEqualTo(over);
    }

    private Systemd showing(String... lines) throws IOException {
        return answering("; printf '%s\\n' '" + String.join("' '", lines) + "'");
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
