package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody pressed ^S to read a line, and the service stayed down until ^Q. */
@Timeout(20)
class SpoolTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Terminal terminal = new Terminal();
    private final Spool spool = new Spool(new PrintWriter(terminal));

    @Test
    void all_of_it_is_printed_in_order() {
        terminal.goOn.countDown();
        spool.say("a\n");
        spool.say("b\n");
        assertThat(spool.close(LONG)).isEmpty();
        assertThat(terminal).hasToString("a\nb\n");
    }

    @Test
    void who_says_something_does_not_wait_for_a_terminal_that_stands_still() throws InterruptedException {
        spool.say("a\n");
        terminal.reached.await();
        spool.say("b\n");
        spool.say("c\n");
        assertThat(spool.close(SHORT)).isEqualTo("  2 more, left out: nobody was reading\n");
        terminal.goOn.countDown();
        terminal.written.await();
        assertThat(spool.close(LONG)).isEmpty();
        assertThat(terminal).hasToString("a\n");
    }

    @Test
    void what_has_no_room_is_counted_where_it_was() throws InterruptedException {
        spool.say("0\n");
        terminal.reached.await();
        for (int i = 1; i <= 507; i++) {
            spool.say(i + "\n");
        }
        terminal.goOn.countDown();
        assertThat(spool.close(LONG)).isEqualTo("  7 more, left out: nobody was reading\n");
        assertThat(terminal.toString()).startsWith("0\n1\n2\n").endsWith("\n499\n500\n");
    }

    /** It stands still at its first line. */
    private static final class Terminal extends Writer {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch written = new CountDownLatch(1);
        private final StringWriter seen = new StringWriter();

        @Override
        public void write(char[] text, int from, int length) {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            seen.write(text, from, length);
            written.countDown();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return seen.toString();
        }
    }
}
