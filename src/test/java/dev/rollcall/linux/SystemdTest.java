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

    private Systemd answering(String answer) throws IOException {
        String script = "#!/bin/sh\necho \"$@\" > " + folder.resolve("asked") + "\necho " + answer + "\n";
        Path program = Files.writeString(folder.resolve("systemctl"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Systemd(program, folder);
    }
}
