package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionSetTest {
    @Test
    void nothing_given_is_the_defaults() throws UsageException {
        assertThat(of(Map.of()).options()).isEqualTo(Options.DEFAULTS);
    }

    @Test
    void everything_given_is_taken() throws UsageException {
        Map<String, Object> given = new HashMap<>(Map.of(
                "target", "shop",
                "conf", "/c",
                "scope", "supervisord",
                "drain", "0s",
                "stop_timeout", "2m",
                "kill_grace", 5,
                "start_timeout", "30s",
                "inspect_timeout", "500ms",
                "require_answers", true,
                "allow_bystander_loss", "true"));
        given.put("token", "v1");
        given.put("pidfile", "/p");
        given.put("override", true);
        assertThat(of(given).options())
                .isEqualTo(new Options(
                        "shop",
                        "/c",
                        "supervisord",
                        List.of(),
                        Duration.ZERO,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        true,
                        true,
                        "v1",
                        "/p",
                        true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void an_empty_token_would_stop_every_later_restart_and_is_refused(String token) {
        assertThatThrownBy(() -> of(Map.of("token", token)).options())
                .isInstanceOf(UsageException.class)
                .hasMessage("tried to read token but it is empty; give this restart a name, or leave token out");
    }

    @Test
    void an_automatic_stop_timeout_and_a_null_are_as_if_not_given() throws UsageException {
        Map<String, Object> given = new HashMap<>();
        given.put("stop_timeout", "auto");
        given.put("token", null);
        assertThat(of(given).options()).isEqualTo(Options.DEFAULTS);
    }

    @Test
    void what_is_given_goes_over_the_defaults_of_the_target() throws UsageException {
        OptionSet target = of(Map.of("kill_grace", "5s", "token", "old"));
        Options options = of(Map.of("token", "new")).over(target).options();
        assertThat(options.token()).isEqualTo("new");
        assertThat(options.killGrace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void an_unknown_option_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() -> of(Map.of("kil_grace", "5s")))
                .isInstanceOf(UsageException.class)
                .hasMessage("tried to read the test but 'kil_grace' is no option; did you mean 'kill_grace'?");
    }

    @ParameterizedTest
    @CsvSource({
        "require_answers, yes, none of",
        "scope, program, did you mean 'programs'",
        "kill_grace, soon, is no duration",
        "stop_timeout, never, is no duration",
        "target, ../x, is no name",
        "target, '', is no name",
        "conf, '', is no path",
        "pidfile, 'a\0b', is no path",
        "programs, worker, is no list",
    })
    void a_value_that_is_none_is_refused(String option, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(option, value)).options())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(message);
    }

    @Test
    void a_list_is_no_text() {
        assertThatThrownBy(() -> of(Map.of("token", List.of("v1"))).options())
                .hasMessage("tried to read token but it is no text; write one value");
    }

    @Test
    void what_this_version_does_not_have_is_refused() {
        Map<String, Object> notYet = Map.of("drain", "30s", "scope", "programs", "programs", List.of("worker"));
        notYet.forEach((option, value) -> assertThatThrownBy(
                        () -> of(Map.of(option, value)).options())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(option)
                .hasMessageContaining("does not have it"));
    }

    @Test
    void output_is_known_and_no_part_of_a_run() throws UsageException {
        OptionSet options = of(Map.of("output", "json"));
        assertThat(options.text("output")).contains("json");
        assertThat(options.options()).isEqualTo(Options.DEFAULTS);
    }

    @Test
    void waiting_is_a_word_of_triggers_and_no_part_of_a_run() throws UsageException {
        OptionSet options = of(Map.of("defer", true));
        assertThat(options.defers()).isTrue();
        assertThat(options.options()).isEqualTo(Options.DEFAULTS);
        assertThat(of(Map.of()).defers()).isFalse();
        assertThatThrownBy(() -> of(Map.of("defer", "perhaps")).options()).hasMessageContaining("none of true, false");
        assertThat(OptionSet.FOR_TRIGGERS)
                .contains("target", "override", "defer")
                .doesNotContain("conf", "pidfile");
    }

    private static OptionSet of(Map<String, ?> given) throws UsageException {
        return OptionSet.of(given, "the test");
    }
}
