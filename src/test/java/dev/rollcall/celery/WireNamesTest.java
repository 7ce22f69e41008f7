package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.celery.Broker.Host;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; /3.celery.pidbox",
                "{\"fanout_prefix\": true}; /3.celery.pidbox",
                "{\"fanout_prefix\": false}; celery.pidbox",
                "{\"fanout_prefix\": \"/x{db}.\"}; /x3.celery.pidbox",
                "{\"global_keyprefix\": \"P\"}; P/3.celery.pidbox",
            })
    void a_channel_is_named_as_the_transport_options_say(String options, String channel) throws Exception {
        assertThat(Naming.of(Json.MAPPER.readTree(options), "celery").channel(3))
                .isEqualTo(channel);
    }

    @Test
    void a_prefix_stands_before_keys_and_not_inside_a_binding() {
        Naming naming = new Naming("/{db}.", "P", "celery", true);
        assertThat(naming.bindings()).isEqualTo("P_kombu.binding.reply.celery.pidbox");
        assertThat(naming.replies("oid")).isEqualTo("Poid.reply.celery.pidbox");
        assertThat(naming.binding("oid")).isEqualTo("oid\u0006\u0016\u0006\u0016oid.reply.celery.pidbox");
    }

    @Test
    void addresses_of_the_kernel_are_turned_round() {
        assertThat(Connections.host("0100007F:18EB")).isEqualTo(new Host("127.0.0.1", 6379));
        assertThat(Connections.host("0000000000000000FFFF00000100007F:18EB")).isEqualTo(new Host("127.0.0.1", 6379));
        assertThat(Connections.host("00000000000000000000000001000000:18EB"))
                .isEqualTo(new Host("0:0:0:0:0:0:0:1", 6379));
    }

    @Test
    void a_value_that_is_too_large_becomes_an_empty_one() throws Exception {
        AtomicInteger dropped = new AtomicInteger();
        byte[] wire =
                "*3\r\n$2\r\nab\r\n$20\r\n01234567890123456789\r\n$-1\r\n:5\r\n".getBytes(StandardCharsets.US_ASCII);
        try (SizeLimitedInput input =
                new SizeLimitedInput(new ByteArrayInputStream(wire), 10, dropped::incrementAndGet)) {
            String seen = new String(input.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(seen).isEqualTo("*3\r\n$2\r\nab\r\n$0\r\n\r\n$-1\r\n:5\r\n");
        }
        assertThat(dropped).hasValue(1);
    }

    /** kombu 5.2 behind sentinels. */
    @Test
    void a_prefix_that_kombu_does_not_fill_in_stays_as_it_is() {
        assertThat(Naming.USUAL.channel(3)).isEqualTo("/3.celery.pidbox");
        assertThat(Naming.USUAL.verbatim().channel(3)).isEqualTo("/{db}.celery.pidbox");
    }
}
