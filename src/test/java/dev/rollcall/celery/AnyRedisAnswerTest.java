package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

/** Whatever comes from a broker, the client library makes a value or an exception of its own of it behind the guard. */
class AnyRedisAnswerTest {
    @Property
    void any_pieces_of_the_protocol(@ForAll("pieces") String answer) {
        read(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property
    void any_bytes(@ForAll @Size(max = 200) byte[] bytes) {
        read(bytes);
    }

    @Test
    void what_is_nested_deeper_than_any_answer_of_redis_is_refused() {
        assertThat(read("*1\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("refused");
    }

    @Test
    void values_that_are_small_one_by_one_and_large_together_are_refused() {
        String value = "$40\r\n" + "x".repeat(40) + "\r\n";
        assertThat(read(("*9\r\n" + value.repeat(9)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("refused");
        assertThat(read(("*2\r\n" + value.repeat(2)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("value");
    }

    /** The library takes a line to end where this one goes on. */
    @Test
    void a_carriage_return_within_a_line_is_refused() {
        assertThat(read("*2\r\n-\r\r\n$3\r\n*-2\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("refused");
    }

    @Provide
    Arbitrary<String> pieces() {
        List<String> pieces = List.of(
                "\r\n",
                "+OK\r\n",
                "-ERR x\r\n",
                "-MOVED ",
                "-ASK 1 ",
                "-ASK 1 h:1\r\n",
                "-CLUSTERDOWN x\r\n",
                "-NOAUTH\r\n",
                "-LOADING\r\n",
                ":",
                ":5\r\n",
                ":-5\r\n",
                "$",
                "$3\r\n",
                "$-1\r\n",
                "$0\r\n",
                "$99\r\n",
                "*",
                "*0\r\n",
                "*-1\r\n",
                "*2\r\n",
                "*1\r\n",
                "*-2\r\n",
                "*99999999999\r\n",
                "*999999\r\n",
                "%1\r\n",
                "~2\r\n",
                ">1\r\n",
                "_\r\n",
                "#t\r\n",
                "#x\r\n",
                ",1\r\n",
                "(1\r\n",
                "=3\r\n",
                "!3\r\n",
                "|1\r\n",
                "abc",
                "abc\r\n",
                "1",
                "-",
                " ",
                "\0",
                "\r",
                "\n",
                "\u00e9");
        return Arbitraries.of(pieces).list().ofMaxSize(12).map(list -> String.join("", list));
    }

    private static String read(byte[] bytes) {
        RedisInputStream in = new RedisInputStream(new SizeLimitedInput(new ByteArrayInputStream(bytes), 50, () -> {}));
        try {
            Protocol.read(in);
            return "value";
        } catch (JedisException e) {
            return "refused";
        }
    }
}
