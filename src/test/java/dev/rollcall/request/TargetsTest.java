package dev.rollcall.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.Config.Target;
import dev.rollcall.config.Configs;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.engine.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target is configured with is for its own supervisord, however that is named. */
class TargetsTest {
    private static final List<String> COMMAND = List.of("systemctl", "start", "supervisor");

    private Path mine;
    private Path other;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        mine = Files.writeString(folder.toRealPath().resolve("mine.conf"), "");
        other = Files.writeString(mine.resolveSibling("other.conf"), "");
    }

    @Test
    void a_configuration_that_no_target_has_is_not_started_as_the_default_one_is() throws Exception {
        Request request = request(Map.of("default", target(mine.toString())), Map.of("conf", other.toString()));
        assertThat(request.start()).isEmpty();
        assertThat(request.celery().broker()).isNull();
        assertThat(request.options().killGrace()).isEqualTo(Duration.ZERO);
        assertThat(request.options().target()).isEqualTo("default");
    }

    @Test
    void a_configuration_is_that_of_its_target_behind_a_link_too() throws Exception {
        Path link = Files.createSymbolicLink(mine.resolveSibling("link.conf"), mine);
        Map<String, Target> targets = Map.of("default", target(other.toString()), "web", target(mine.toString()));
        Request request = request(targets, Map.of("conf", link.toString()));
        assertThat(request.options().target()).isEqualTo("web");
        assertThat(request.start()).isEqualTo(COMMAND);
        assertThat(request.celery().broker()).isEqualTo("redis://a");
        assertThat(request.options().killGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(request.conf()).isEqualTo(link);
    }

    @Test
    void a_target_without_a_configuration_is_any_that_is_named() throws Exception {
        Request request = request(Map.of("default", target(null)), Map.of("conf", other.toString()));
        assertThat(request.start()).isEqualTo(COMMAND);
    }

    @Test
    void a_target_with_the_configuration_of_another_is_refused() {
        assertThatThrownBy(() -> request(
                        Map.of("web", target(mine.toString())), Map.of("target", "web", "conf", other.toString())))
                .isInstanceOf(UsageException.class)
                .hasMessage("tried to use target web with " + other + " but its configuration is " + mine
                        + "; name one of the two");
    }

    @Test
    void a_run_that_was_asked_for_by_a_link_keeps_its_target_when_that_leads_elsewhere() throws Exception {
        Path link = Files.createSymbolicLink(mine.resolveSibling("current.conf"), mine);
        Targets targets = new Targets(Configs.of(Map.of("web", target(link.toString()))));
        Options asked = targets.options(OptionSet.of(Map.of("conf", link.toString()), "the test"));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        Request again = targets.again(new Event.Requested(asked, false, "cli", mine.toString(), "boot"));
        assertThat(again.start()).isEqualTo(COMMAND);
        assertThat(again.conf()).isEqualTo(mine);
    }

    @Test
    void what_is_no_path_is_bad_usage_and_no_defect() {
        assertThatThrownBy(() -> request(Map.of("web", target(mine.toString())), Map.of("conf", "a\0b")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("conf but 'a?b' is no path");
    }

    @Test
    void a_name_that_is_no_target_is_good_enough_beside_a_configuration() throws Exception {
        Request request = request(Map.of(), Map.of("target", "web", "conf", other.toString()));
        assertThat(request.options().target()).isEqualTo("web");
        assertThatThrownBy(() -> request(Map.of("shop", target(mine.toString())), Map.of("target", "web")))
                .hasMessageContaining("the configuration does not have it");
    }

    private static Request request(Map<String, Target> configured, Map<String, String> given) throws UsageException {
        Targets targets = new Targets(Configs.of(configured));
        return targets.request(targets.options(OptionSet.of(given, "the test")), "cli", false);
    }

    private static Target target(@Nullable String conf) throws UsageException {
        OptionSet restart = OptionSet.of(Map.of("kill_grace", "5s"), "the test");
        return new Target(Optional.ofNullable(conf), Optional.of("redis://a"), "auto", List.of(), COMMAND, restart);
    }
}
