package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTest {
    @TempDir
    private Path folder;

    @Test
    void a_service_whose_main_process_it_is_is_its_unit() throws IOException {
        Systemd systemd = answering("MainPID=42");
        assertThat(systemd.unitOf(42, "0::/system.slice/supervisor.service\n")).contains("supervisor.service");
        assertThat(systemd.unitOf(42, "0::/system.slice/system-s.slice/s@a\\x2db.service/below\n"))
                .contains("s@a\\x2db.service");
        assertThat(systemd.unitOf(42, "9:name=systemd:/system.slice/supervisor.service\n8:pids:/other.service\n0::/\n"))
                .contains("supervisor.service");
    }

    @Test
    void what_cron_or_a_person_started_is_no_unit() throws IOException {
        Systemd systemd = answering("MainPID=7");
        assertThat(systemd.unitOf(42, "0::/system.slice/cron.service\n")).isEmpty();
        assertThat(systemd.unitOf(42, "0::/user.slice/user-0.slice/user@0.service/app.slice/x.service\n"))
                .isEmpty();
    }

    @Test
    void systemctl_is_not_even_asked_outside_a_service() throws IOException {
        Systemd systemd = answering("MainPID=42");
        assertThat(systemd.unitOf(42, "0::/user.slice/user-0.slice/session-3.scope\n"))
                .isEmpty();
        assertThat(systemd.unitOf(42, "4:memory:/x.service\n0::/\n")).isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
        systemd.unitOf(42, "0::/system.slice/supervisor.service");
        assertThat(folder.resolve("asked")).hasContent("show -p MainPID -- supervisor.service");
    }

    @Test
    void no_systemctl_or_no_answer_is_no_unit() throws IOException {
        String cgroup = "0::/system.slice/supervisor.service\n";
        assertThat(new Systemd(folder.resolve("none"), folder).unitOf(42, cgroup))
                .isEmpty();
        assertThat(answering("").unitOf(42, cgroup)).isEmpty();
        assertThat(answering("MainPID=420").unitOf(42, cgroup)).isEmpty();
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
        assertThat(answering("KillMode=control-group").takesAlong(ours, "0::/user.slice/session-3.scope\n"))
                .contains("nightly.service");
        assertThat(folder.resolve("asked")).hasContent("show -p KillMode -- nightly.service");
        assertThat(answering("KillMode=mixed").takesAlong(ours, "")).contains("nightly.service");
    }

    @Test
    void one_that_leaves_them_does_not() throws IOException {
        String ours = "0::/system.slice/rollcall.service\n";
        assertThat(answering("KillMode=process").takesAlong(ours, "")).isEmpty();
        assertThat(answering("KillMode=none").takesAlong(ours, "")).isEmpty();
        assertThat(answering("").takesAlong(ours, "")).as("no answer").isEmpty();
    }

    @Test
    void who_lives_in_it_already_is_no_worse_off() throws IOException {
        String ours = "0::/system.slice/agent.service\n";
        Systemd systemd = answering("KillMode=control-group");
        assertThat(systemd.takesAlong(ours, "0::/system.slice/agent.service/job-7\n"))
                .isEmpty();
        assertThat(systemd.takesAlong(ours, "0::/system.slice/other.service\n")).contains("agent.service");
    }

    @Test
    void a_scope_lasts_as_long_as_its_processes_and_nobody_is_asked() throws IOException {
        Systemd systemd = answering("KillMode=control-group");
        assertThat(systemd.takesAlong("0::/user.slice/user-0.slice/session-3.scope\n", ""))
                .isEmpty();
        assertThat(systemd.takesAlong("0::/user.slice/user-7.slice/user@7.service/app.slice/term-1.scope\n", ""))
                .isEmpty();
        assertThat(systemd.takesAlong("", "")).as("no control groups").isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void a_user_s_own_manager_is_asked_about_its_services() throws IOException {
        String manager = "0::/user.slice/user-7.slice/user@7.service/";
        Systemd systemd = answering("KillMode=control-group \"$XDG_RUNTIME_DIR\" >> " + folder.resolve("asked")
                + "; echo KillMode=control-group");
        assertThat(systemd.takesAlong(manager + "app.slice/nightly.service\n", manager + "app.slice/other.service\n"))
                .contains("nightly.service");
        assertThat(folder.resolve("asked"))
                .hasContent("--user show -p KillMode -- nightly.service\nKillMode=control-group /run/user/7");
    }

    @Test
    void where_systemd_does_not_run_nothing_ends() throws IOException {
        Systemd answers = answering("KillMode=control-group");
        Systemd container = new Systemd(answers.systemctl(), folder.resolve("not-booted"));
        assertThat(container.takesAlong("0::/system.slice/nightly.service\n", ""))
                .isEmpty();
    }

    private Systemd answering(String answer) throws IOException {
        String script = "#!/bin/sh\necho \"$@\" > " + folder.resolve("asked") + "\necho " + answer + "\n";
        Path program = Files.writeString(folder.resolve("systemctl"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Systemd(program, folder);
    }
}
