package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
    private final HttpAnswer answer = new HttpAnswer();

    @Test
    void is_whole_when_the_promised_length_is_there_however_it_is_cut() throws Malformed {
        for (char c : "HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 3\r\n\r\nab".toCharArray()) {
            add(String.valueOf(c));
            assertThat(answer.whole()).isFalse();
        }
        add("c and more");
        assertThat(answer.whole()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).asString().isEqualTo("abc");
    }

    @Test
    void ends_with_the_connection_if_no_length_was_promised() throws Malformed {
        add("HTTP/1.0 200 OK\r\n\r\nabc");
        assertThat(answer.whole()).isFalse();
        answer.finish();
        assertThat(answer.body()).asString().isEqualTo("abc");
    }

    @Test
    void that_breaks_off_is_refused() throws Malformed {
        add("HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        assertThatExceptionOfType(Malformed.class).isThrownBy(answer::finish).withMessage("it breaks off");
    }

    @Test
    void that_never_comes_is_refused() {
        assertThatExceptionOfType(Malformed.class).isThrownBy(answer::finish).withMessage("it is empty");
    }

    @Test
    void that_is_too_large_is_refused_at_the_promise_and_at_the_fact() throws Malformed {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> add("HTTP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n"));
        HttpAnswer endless = new HttpAnswer();
        endless.add(ByteBuffer.wrap("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> endless.add(ByteBuffer.allocate(16 * 1024 * 1024)))
                .withMessage("it is larger than 16 MB");
    }

    @Test
    void that_is_another_protocol_is_refused_at_its_first_bytes() {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> add("SSH")).withMessage("it is not HTTP");
    }

    private void add(String text) throws Malformed {
        answer.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
