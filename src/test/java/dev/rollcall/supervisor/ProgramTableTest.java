package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.supervisor.Value.Scalar;
import dev.rollcall.supervisor.Value.Struct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Supervisors of every age tell more or less of their programs. */
class ProgramTableTest {
    private static final Value PROCESS = struct(Map.of("name", "w", "group", "g", "statename", "RUNNING", "pid", "42"));
    private static final Program ON_DISK =
            new Program("w", "g", "STOPPED", 0, false, 600, "QUIT", true, true, 5, "celery");

    @Test
    void settings_come_from_supervisord_and_stopasgroup_from_the_files() {
        Value settings = settings(Map.of(
                "stopwaitsecs",
                "30",
                "stopsignal",
                "15",
                "killasgroup",
                "1",
                "autostart",
                "1",
                "group_prio",
                "9",
                "command",
                "loaded"));
        assertThat(join(List.of(settings), ON_DISK))
                .isEqualTo(new Program("w", "g", "RUNNING", 42, true, 30, "TERM", true, true, 9, "loaded"));
    }

    @Test
    void killasgroup_off_in_supervisord_proves_stopasgroup_off() {
        Program program = join(List.of(settings(Map.of("killasgroup", "0"))), ON_DISK);
        assertThat(program.stopAsGroup()).isFalse();
    }

    @Test
    void what_supervisord_does_not_tell_comes_from_the_files() {
        assertThat(join(List.of(), ON_DISK))
                .isEqualTo(new Program("w", "g", "RUNNING", 42, false, 600, "QUIT", true, true, 5, "celery"));
    }

    @Test
    void what_nobody_tells_is_what_supervisor_does_by_default() {
        assertThat(join(List.of()))
                .isEqualTo(new Program("w", "g", "RUNNING", 42, true, 10, "TERM", false, false, 999, ""));
    }

    @Test
    void a_signal_may_come_as_number_or_as_name() {
        for (String word : List.of("3", "QUIT", "SIGQUIT", "Signals.SIGQUIT")) {
            assertThat(join(List.of(settings(Map.of("stopsignal", word)))).stopSignal())
                    .isEqualTo("QUIT");
        }
    }

    private static Program join(List<Value> settings, Program... onDisk) {
        SupervisorConf conf =
                new SupervisorConf("/c", List.of(), "/p", false, "", List.of(onDisk), List.of(), List.of());
        return new ProgramTable(settings, conf).programs(List.of(PROCESS)).get(0);
    }

    private static Value settings(Map<String, String> members) {
        Map<String, String> all = new TreeMap<>(members);
        all.put("name", "w");
        all.put("group", "g");
        return struct(all);
    }

    private static Value struct(Map<String, String> members) {
        Map<String, Value> values = new TreeMap<>();
        members.forEach((name, text) -> values.put(name, new Scalar(text)));
        return new Struct(values);
    }
}
