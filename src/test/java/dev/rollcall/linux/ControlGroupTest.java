package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGroupTest {
    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/s.service, s.service",
        "0::/system.slice/s.service/below.service, s.service",
        "0::/system.slice/system-s.slice/s@host:8080.service, s@host:8080.service",
        "0::/system.slice/_memory.service, memory.service",
        "5:name=systemd:/system.slice/s.service, s.service",
        "'4:memory:/other.service', ''",
        "0::/user.slice/user-7.slice/session-3.scope, ''",
        "0::/user.slice/user-7.slice/user@7.service/app.slice/s.service, s.service",
        "0::/user.slice/user-7.slice/user@7.service/app.slice/s.scope, ''",
        "0::/, ''",
        "nonsense, ''"
    })
    void the_unit_is_the_first_service_on_the_path(String line, String unit) {
        assertThat(ControlGroup.of(line + "\n").unit()).isEqualTo(unit);
    }

    @Test
    void of_two_hierarchies_the_one_counts_that_systemd_uses() {
        assertThat(ControlGroup.of("9:name=systemd:/\n8:pids:/x.service\n0::/system.slice/s.service\n")
                        .unit())
                .isEqualTo("s.service");
    }

    @Test
    void a_users_manager_is_known_by_its_uid() {
        ControlGroup group = ControlGroup.of("0::/user.slice/user-7.slice/user@7.service/app.slice/s.service\n");
        assertThat(group.user()).contains("7");
        assertThat(ControlGroup.of("0::/system.slice/s.service\n").user()).isEmpty();
    }

    @Test
    void folders_below_a_unit_are_the_same_place_and_a_unit_of_a_container_is_another() {
        ControlGroup unit = ControlGroup.of("0::/system.slice/s.service\n");
        assertThat(ControlGroup.of("0::/system.slice/s.service/job-7\n")).isEqualTo(unit);
        assertThat(ControlGroup.of("0::/lxc.payload.web/system.slice/s.service\n"))
                .isNotEqualTo(unit);
    }

    @Test
    void a_process_that_is_gone_is_nowhere() {
        assertThat(ControlGroup.read(Path.of("/proc/999999999"))).isEqualTo(ControlGroup.NONE);
    }
}
