package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenLineTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** Knows one node, or none. */
    private record Known(String means, List<Reply> replies) implements Transport {
        @Override
        public void connect(Deadline deadline) {}

        @Override
        public void ask(Inquiry inquiry, Deadline deadline) {
            inquiry.heard(replies);
        }

        @Override
        public long listeners() {
            return replies.size();
        }

        @Override
        public void close() {}
    }

    private static final Reply BY_COMMAND = new Reply.Active("b@h", List.of());
    private static final Reply BY_BROKER = new Reply.Active("a@h", List.of());

    private final OpenLine line = new OpenLine(
            List.of(new Known("redis", List.of(BY_BROKER))),
            List.of(new Known("exec", List.of(BY_COMMAND))),
            List.of(),
            Map.of(),
            Map.of());

    @Test
    void commands_are_called_for_those_that_nobody_else_has_heard() {
        assertThat(line.ask(Set.of(1L), LIMIT)).containsExactly(BY_BROKER, BY_COMMAND);
    }

    @Test
    void but_not_while_the_service_may_be_down() {
        assertThat(line.askBriefly(Set.of(1L), LIMIT)).containsExactly(BY_BROKER);
    }
}
