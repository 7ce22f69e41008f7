package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Escalation.Move;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state; the budget is 10 s, supervisord's own patience 30 s. */
class EscalationTest {
    @ParameterizedTest(name = "supervisord {0}, children {1}, leftovers {2}, {3} ms: {4}")
    @CsvSource({
        "false, false, false,     0, DONE",
        "false, true,  true,  99999, DONE",
        "true,  false, false,     0, WAIT",
        "true,  true,  true,   9999, WAIT",
        "true,  true,  true,  10000, KILL_LEFTOVERS",
        "true,  false, true,  10000, KILL_LEFTOVERS",
        "true,  false, false,  9999, WAIT",
        "true,  false, false, 10000, KILL_SUPERVISORD",
        "true,  false, false, 99999, KILL_SUPERVISORD",
        "true,  true,  false, 10000, WAIT",
        "true,  true,  false, 29999, WAIT",
        "true,  true,  false, 30000, GIVE_UP",
        "true,  true,  true,  30000, KILL_LEFTOVERS",
    })
    void next_is(boolean supervisord, boolean children, boolean leftovers, long ms, Move move) {
        Escalation.Scene scene = new Escalation.Scene(
                supervisord,
                children,
                leftovers,
                Duration.ofMillis(ms),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
        assertThat(Escalation.next(scene)).isEqualTo(move);
    }
}
