package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervisord that systemd started is systemd's to start again, or two would look after it (S14). */
class UnitStartTest {
    @Test
    void one_that_has_a_unit_is_started_by_it(@TempDir Path folder) {
        ProcfsStarter starter = new ProcfsStarter(
                folder, ProcfsProcesses.PROC, folder, new Systemd(Path.of("/usr/bin/systemctl"), folder));
        assertThat(starter.start(recipe("supervisor.service"), folder, Duration.ofSeconds(1))
                        .argv())
                .contains("/usr/bin/systemctl")
                .endsWith("start", "--", "supervisor.service");
        assertThat(starter.start(recipe(""), folder, Duration.ofSeconds(1)).argv())
                .doesNotContain("start");
        assertThat(starter.trial(recipe("supervisor.service"))).isEmpty();
        assertThat(starter.trial(recipe(""))).isPresent();
    }

    private static StartRecipe recipe(String unit) {
        return new StartRecipe(
                List.of("/usr/bin/supervisord"), "/", Map.of(), 0, 0, List.of(), 18, Map.of(), false, "", unit);
    }
}
