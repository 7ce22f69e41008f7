package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A unit that confines the engine confines every supervisord that it starts. */
class PackagingTest {
    private static final Path UNIT = Path.of("packaging/rollcall.service");
    private static final Path HARDENING = Path.of("packaging/hardening.conf");
    /** Of the role: the unit, with the drop-in below a condition. */
    private static final Path TEMPLATE = Path.of("ansible/roles/engine/templates/rollcall.service.j2");

    private static final String CONDITION = "{% if engine_sandbox %}";
    private static final String INHERITED =
            "(NoNewPrivileges|CapabilityBoundingSet|AmbientCapabilities|SecureBits|SystemCall.*|Restrict(?!art).*|Lock.*|Memory.*"
                    + "|Private.*|Protect.*|ReadOnly.*|ReadWrite.*|Inaccessible.*|Temporary.*|Bind.*|Root.*|Dynamic.*|User|Group"
                    + "|OOMScoreAdjust|Nice|CPU.*|IO.*|Limit.*|IPAddress.*|Device.*|Slice|KeyringMode)";

    /** The settings of its section Service. */
    private static Map<String, String> settings(Path file) throws IOException {
        return settings(Files.readString(file));
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (line.matches("[A-Za-z]+=.*")) {
                settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return settings;
    }

    @Test
    void the_unit_sets_nothing_that_a_supervisord_would_inherit() throws IOException {
        assertThat(settings(UNIT).keySet()).noneMatch(key -> key.matches(INHERITED));
    }

    @Test
    void a_stop_of_the_unit_is_for_the_engine_alone() throws IOException {
        assertThat(settings(UNIT))
                .containsEntry("KillMode", "process")
                .containsEntry("OOMPolicy", "continue")
                .containsEntry("TasksMax", "infinity")
                .containsEntry("Type", "notify");
    }

    /** Where the role puts it: its folders are its own affair. */
    @Test
    void the_role_s_unit_is_this_one() throws IOException {
        Map<String, String> expected = settings(UNIT);
        expected.keySet().removeIf(key -> key.matches("ExecStart|StateDirectory.*|Description|Documentation"));
        String template = Files.readString(TEMPLATE);
        Map<String, String> unit = settings(template.substring(0, template.indexOf(CONDITION)));
        unit.keySet().removeIf(key -> key.matches("ExecStart|User|Group|Environment|Description"));
        unit.putAll(settings(template.substring(template.indexOf("[Install]"))));
        assertThat(unit).isEqualTo(expected);
        String sandbox = template.substring(template.indexOf(CONDITION), template.indexOf("[Install]"));
        assertThat(settings(sandbox)).isEqualTo(settings(HARDENING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PrivateTmp", "MemoryDenyWriteExecute", "ProtectProc", "PrivateUsers", "PrivatePIDs", "KillMode"
            })
    void what_would_break_the_engine_is_not_in_the_drop_in_either(String key) throws IOException {
        assertThat(settings(HARDENING)).doesNotContainKey(key);
    }

    @Test
    void systemd_understands_both(@TempDir Path folder) throws IOException, InterruptedException {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), analyze + " is not installed");
        Path unit = folder.resolve("rollcall.service");
        Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/rollcall", "/bin/true"));
        Path dropIns = Files.createDirectory(folder.resolve("rollcall.service.d"));
        Files.copy(HARDENING, dropIns.resolve("hardening.conf"));
        Process process = new ProcessBuilder(analyze.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Set<String> ours = Set.of("rollcall.service", "hardening.conf");
        assertThat(said.lines().filter(line -> ours.stream().anyMatch(line::contains)))
                .isEmpty();
    }
}
