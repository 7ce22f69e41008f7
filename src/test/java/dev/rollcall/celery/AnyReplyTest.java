package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.SmallJvm;
import dev.rollcall.celery.Envelope.Answer;
import dev.rollcall.celery.Envelope.Incoming;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Active;
import dev.rollcall.core.Reply.Failed;
import dev.rollcall.core.Reply.Stats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real answers of nodes with one thing changed: read or refused, and no number is made of what is none. */
class AnyReplyTest {
    private static final Map<String, String> MINE = Map.of("t", Answers.ACTIVE, "s", Answers.STATS);
    private static final String STATS =
            "{\"w@h\":{\"total\":{\"app.task\":3},\"pid\":6619,\"clock\":\"42\",\"uptime\":12,\"pool\":{\"implementation\":"
                    + "\"celery.concurrency.prefork:TaskPool\",\"max-concurrency\":2,\"processes\":[6622,6623],\"timeouts\":[0,0],"
                    + "\"writes\":{\"total\":1,\"inqueues\":{\"0\":1}}},\"broker\":{\"password\":\"p\"},\"rusage\":{}}}";
    private static final String ACTIVE =
            "{\"w@h\":[" + HeavyReplies.task().replace("a".repeat(300), "a").replaceFirst(",$", "") + "]}";

    @Property
    void a_body_with_another_value(
            @ForAll boolean stats, @ForAll @IntRange(max = 60) int which, @ForAll("values") String value)
            throws IOException {
        JsonNode body = Json.MAPPER.readTree(stats ? STATS : ACTIVE);
        change(body, which, value);
        Incoming incoming = unwrap(stats ? "s" : "t", Json.MAPPER.writeValueAsString(body.toString()));
        incoming.replies().forEach(AnyReplyTest::isPlausible);
    }

    @Property
    void an_envelope_with_another_value(@ForAll @IntRange(max = 30) int which, @ForAll("values") String value)
            throws IOException {
        JsonNode envelope = Json.MAPPER.readTree(envelope("t", Json.MAPPER.writeValueAsString(ACTIVE)));
        change(envelope, which, value);
        assertThat(Envelope.unwrap(envelope.toString().getBytes(StandardCharsets.UTF_8), MINE))
                .isNotNull();
    }

    @Property
    void a_body_with_a_piece_put_in(
            @ForAll boolean stats,
            @ForAll("pieces") String piece,
            @ForAll @IntRange(max = 500) int at,
            @ForAll @IntRange(max = 20) int cut)
            throws IOException {
        String body = stats ? STATS : ACTIVE;
        int from = at % body.length();
        String changed = body.substring(0, from) + piece + body.substring(Math.min(body.length(), from + cut));
        assertThat(unwrap(stats ? "s" : "t", Json.MAPPER.writeValueAsString(changed)))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "",
                "null",
                "true",
                "0",
                "-1",
                "1.5",
                "6619.7",
                "1e300",
                "1e999",
                "-1e400",
                "18446744073709551617",
                "\"6619\"",
                "\"\"",
                "\"\\u0000\\u001b[2J\"",
                "[]",
                "{}",
                "[[]]",
                "{\"error\":{}}",
                "[1.5,\"7\",null,{}]",
                "\"\\ud800\"");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                "\"",
                "\\",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"pid\":1,",
                "\"w@h\":",
                "9".repeat(2_000),
                "1e99999",
                "NaN",
                "\0",
                "[".repeat(200),
                "{\"a\":".repeat(200),
                "\u00e9",
                "//",
                "'");
    }

    @Test
    void a_number_that_is_no_pid_makes_none() throws IOException {
        for (String pid : List.of("1.5", "1e3", "\"7\"", "18446744073709551617", "true", "null", "[7]")) {
            String stats = "{\"w@h\":{\"pid\":7,\"pool\":{\"processes\":[" + pid + "]}}}";
            assertThat(read(Answers.STATS, stats)).as(pid).containsExactly(new Stats("w@h", 7, null, List.of()));
            assertThat(read(Answers.STATS, "{\"w@h\":{\"pid\":" + pid + "}}").get(0))
                    .as(pid)
                    .isInstanceOf(Failed.class);
            Active active = (Active) read(Answers.ACTIVE, "{\"w@h\":[{\"id\":\"a\",\"worker_pid\":" + pid + "}]}")
                    .get(0);
            assertThat(active.tasks().get(0).workerPid()).as(pid).isZero();
        }
    }

    @Test
    void the_largest_answers_fit_into_the_memory_that_the_launcher_gives(@TempDir Path folder) throws Exception {
        fit(HeavyReplies.messages(), folder, 4);
    }

    @Test
    @Tag("integration")
    void the_largest_answers_of_two_hundred_nodes_fit_into_the_memory_that_the_launcher_gives(@TempDir Path folder)
            throws Exception {
        String usual = "tasks with arguments";
        fit(Map.of(usual, Objects.requireNonNull(HeavyReplies.messages().get(usual))), folder, 200);
    }

    private static void fit(Map<String, byte[]> messages, Path folder, int nodes) throws Exception {
        for (Map.Entry<String, byte[]> message : messages.entrySet()) {
            assertThat(message.getValue()).hasSizeBetween(Json.LARGEST / 10 * 9, Json.LARGEST);
            Files.write(folder.resolve(message.getKey()), message.getValue());
        }
        assertThat(SmallJvm.run(HeavyReplies.class, folder.toString(), String.valueOf(nodes)))
                .hasSize(messages.size())
                .allSatisfy(line -> assertThat(line).matches("[^|]+\\|(Answer|Refused)\\|told"));
    }

    /** An application may print whatever it likes before celery prints the answer. */
    @Test
    void the_answer_is_found_among_lines_that_look_like_one() {
        String log = "{\"level\":\"info\",\"message\":\"starting\",\"error\":null}\n";
        String printed = "{ broken\n" + log.repeat(50) + "{\"w@h\": []}\n" + log + "1 node online.\n";
        assertThat(replies(printed)).containsExactly(new Active("w@h", List.of()));
        assertThat(replies(log)).allSatisfy(reply -> assertThat(reply).isInstanceOf(Failed.class));
        assertThat(replies("no answer")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n",
                "{\"a\":\n",
                "{\"a\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,\n",
                "{}\n",
                "x\n"
            })
    void megabytes_of_lines_that_look_like_an_answer_are_looked_through_in_time(String line) {
        String printed = line.repeat(Json.LARGEST / line.length());
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> replies(printed));
    }

    private static List<Reply> replies(String printed) {
        return Printout.read(Answers.ACTIVE, printed.getBytes(StandardCharsets.UTF_8))
                .replies();
    }

    private static void isPlausible(Reply reply) {
        assertThat(reply.node()).doesNotContain("\u001b", "\0");
        if (reply instanceof Stats stats) {
            assertThat(stats.pid()).isIn(6619L, 0L, -1L, 1L);
            assertThat(stats.processes()).allSatisfy(pid -> assertThat(pid).isIn(6622L, 6623L, 0L, -1L, 1L));
        }
    }

    private static void change(JsonNode document, int which, String value) throws IOException {
        List<Runnable> changes = new ArrayList<>();
        collect(document, value.isEmpty() ? null : Json.MAPPER.readTree(value), changes);
        changes.get(which % changes.size()).run();
    }

    private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            for (String name :
                    object.properties().stream().map(Map.Entry::getKey).toList()) {
                changes.add(() -> object.remove(name));
                changes.add(() -> object.set(name, value));
            }
        }
        if (node instanceof ContainerNode<?>) {
            node.forEach(child -> collect(child, value, changes));
        }
    }

    private static List<Reply> read(String method, String body) throws IOException {
        return Answers.read(method, Json.answer(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Incoming unwrap(String ticket, String quotedBody) {
        Incoming incoming = Envelope.unwrap(envelope(ticket, quotedBody).getBytes(StandardCharsets.UTF_8), MINE);
        assertThat(incoming instanceof Answer || incoming.complaint().isPresent())
                .isTrue();
        return incoming;
    }

    private static String envelope(String ticket, String quotedBody) {
        return "{\"body\":" + quotedBody
                + ",\"content-encoding\":\"utf-8\",\"content-type\":\"application/json\",\"headers\":"
                + "{\"ticket\":\"" + ticket + "\",\"clock\":7,\"expires\":0},\"properties\":{\"correlation_id\":\"x\","
                + "\"delivery_mode\":2,\"delivery_info\":{\"exchange\":\"e\",\"routing_key\":\"r\"},\"priority\":0}}";
    }
}
