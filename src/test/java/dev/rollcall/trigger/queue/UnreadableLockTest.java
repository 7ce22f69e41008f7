package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Configs;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk did not answer for a second, and from then on the engine accepted restarts that nobody carried out. */
class UnreadableLockTest {
    @TempDir
    private Path state;

    @Test
    void who_holds_a_target_cannot_be_told_for_a_while() throws Exception {
        FakeCarrier carrier = new FakeCarrier().open();
        Targets targets = new Targets(Configs.of(Map.of("web", Configs.target(state + "/supervisord.conf", Map.of()))));
        Requests requests =
                new Requests(targets, now -> Optional.empty(), new QueueFolder(state), carrier, new SystemClock());
        requests.start();
        try {
            carrier.puzzle(3);
            Answer answer = requests.ask(new Ask(Map.of("target", "web"), "http", Optional.empty()));
            carrier.awaitOver(1);
            assertThat(carrier.over).containsExactly(((Answer.Accepted) answer).runId());
        } finally {
            requests.stop();
        }
    }
}
