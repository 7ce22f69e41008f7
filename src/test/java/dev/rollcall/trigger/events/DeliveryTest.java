package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.REQUESTED;
import static dev.rollcall.trigger.events.State.STOPPING;
import static dev.rollcall.trigger.events.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.rollcall.HeldPort;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver gets, and what is made of its answers. */
class DeliveryTest {
    @TempDir
    private Path folder;

    private State state() {
        return new State(folder.resolve("state"));
    }

    private Path secret(String text) throws IOException {
        return Files.writeString(folder.resolve("hmac"), text);
    }

    @Test
    void event_driven_ansible_takes_it_signed_and_as_the_schema_says() throws Exception {
        try (Receiver receiver = new Receiver(Optional.of("geheim-Ä"));
                Sending engine =
                        Sending.to(receiver.url(), Optional.of(secret("geheim-Ä\n")), state(), Sending.BEFORE)) {
            state().write("a", State.requested("höst", "timer:nightly"), State.found("FÜND"), UP);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:2", "a:3");
            for (Receiver.Delivery delivery : receiver.queue) {
                assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(Path.of("docs/schema/webhook.schema.json")
                                        .toUri())
                                .validate(delivery.payload()))
                        .isEmpty();
            }
            JsonNode last = receiver.queue.get(2).payload();
            assertThat(last.path("type").asText()).isEqualTo("ended");
            assertThat(last.path("outcome").asText()).isEqualTo("succeeded");
            assertThat(last.path("target").asText()).isEqualTo("höst");
            assertThat(last.path("host").asText()).isEqualTo("host.example.org");
            assertThat(last.path("conf").asText()).isEqualTo(State.CONF);
            assertThat(last.path("requested_by").asText()).isEqualTo("timer:nightly");
            assertThat(last.has("crc")).isFalse();
            assertThat(receiver.queue.get(2).headers())
                    .containsEntry("X-rollcall-delivery", java.util.List.of("a/3"))
                    .containsEntry("X-rollcall-event", java.util.List.of("ended"))
                    .containsEntry("Content-type", java.util.List.of("application/json"));
        }
    }

    @Test
    void another_secret_parks_the_events() throws Exception {
        try (Receiver receiver = new Receiver(Optional.of("one"));
                Sending engine = Sending.to(receiver.url(), Optional.of(secret("other")), state(), Sending.BEFORE)) {
            state().write("a", REQUESTED);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.queue).isEmpty();
            assertThat(engine.outbox.parked()).isOne();
        }
    }

    @Test
    void an_empty_or_missing_secret_keeps_the_engine_from_starting() throws Exception {
        URI url = URI.create("http://127.0.0.1:1/");
        Optional<Path> empty = Optional.of(secret("\n"));
        assertThatThrownBy(() -> Sending.to(url, empty, state(), Sending.BEFORE))
                .hasMessageContaining("tried to read the secret of events.webhook")
                .hasMessageContaining("it is empty");
        Optional<Path> none = Optional.of(folder.resolve("none"));
        assertThatThrownBy(() -> Sending.to(url, none, state(), Sending.BEFORE))
                .hasMessageContaining("NoSuchFileException");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 425, 429, 302})
    void what_may_pass_is_tried_again_in_order(int status) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state(), Sending.BEFORE)) {
            receiver.reply = d -> new Receiver.Reply(calls.getAndIncrement() < 2 ? status : 200, "");
            state().write("a", REQUESTED, UP);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.asked)
                    .as("and no redirect was followed")
                    .containsExactly(
                            "/endpoint a:1 " + status,
                            "/endpoint a:1 " + status,
                            "/endpoint a:1 200",
                            "/endpoint a:2 200");
            assertThat(engine.outbox.parked()).isZero();
        }
    }

    @Test
    void the_receiver_gets_the_patience_that_it_asks_for() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state(), Sending.BEFORE)) {
            receiver.reply = d -> new Receiver.Reply(calls.getAndIncrement() == 0 ? 429 : 200, "1");
            long begun = System.nanoTime();
            state().write("a", REQUESTED);
            assertThat(engine.done()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(receiver.names()).containsExactly("a:1");
        }
    }

    @Test
    void a_receiver_that_is_down_gets_it_when_it_is_back() throws Exception {
        try (HeldPort port = new HeldPort();
                Sending engine = Sending.to(
                        URI.create("http://127.0.0.1:" + port.number() + "/"),
                        Optional.empty(),
                        state(),
                        Sending.LATER)) {
            Files.createDirectories(state().root().resolve("outbox"));
            state().write("a", REQUESTED);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !engine.outbox.oldest().isZero());
            assertThat(engine.outbox.oldest()).isEqualTo(Duration.ofSeconds(3599));
            try (Receiver receiver = new Receiver(Optional.empty(), port.number())) {
                assertThat(engine.done()).isTrue();
                assertThat(receiver.names()).containsExactly("a:1");
                assertThat(engine.outbox.oldest()).isZero();
            }
        }
    }

    @Test
    void a_receiver_that_says_nothing_is_not_waited_for() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.impatient(receiver.url(), state())) {
            receiver.reply = d -> {
                if (calls.getAndIncrement() == 0) {
                    awaitQuietly(silence);
                }
                return new Receiver.Reply(200, "");
            };
            state().write("a", REQUESTED);
            await().atMost(Duration.ofSeconds(20)).until(() -> calls.get() > 1);
            silence.countDown();
            assertThat(engine.done()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_the_receiver_will_never_take_is_parked_and_the_rest_goes_on() throws Exception {
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state(), Sending.BEFORE)) {
            receiver.reply = d -> new Receiver.Reply(d.name().equals("a:2") ? 422 : 200, "");
            state().write("a", REQUESTED, STOPPING, UP);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:3");
            assertThat(engine.outbox.parked()).isOne();
        }
        Path parked = state().root().resolve("outbox/parked/a.2.json");
        JsonNode document = Json.MAPPER.readTree(parked.toFile());
        assertThat(document.path("why").asText()).isEqualTo("HTTP 422");
        assertThat(document.path("event").path("type").asText()).isEqualTo("shutdown_begun");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parked)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parked.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void what_is_too_old_is_given_up_and_kept_for_a_person() throws Exception {
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state(), Sending.at(State.BEGAN.plus(Duration.ofDays(8))))) {
            state().write("a", REQUESTED);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.asked).isEmpty();
            assertThat(engine.outbox.parked()).isOne();
        }
        assertThat(Files.readString(state().root().resolve("outbox/parked/a.1.json")))
                .contains("older than 7 days");
    }

    @Test
    void what_is_too_large_is_sent_as_a_word_about_it() throws Exception {
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state(), Sending.BEFORE)) {
            state().write("a", REQUESTED, State.found("x".repeat(300_000)), UP);
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:2", "a:3");
            JsonNode stub = receiver.queue.get(1).payload();
            assertThat(stub.has("finding")).isFalse();
            assertThat(stub.path("type").asText()).isEqualTo("found");
            assertThat(stub.path("omitted").path("bytes").asInt()).isGreaterThan(300_000);
            assertThat(stub.path("omitted").path("limit").asInt()).isEqualTo(Letter.LARGEST);
        }
    }

    @Test
    void a_users_route_takes_its_place() throws Exception {
        Path file = Files.writeString(
                folder.resolve("events.camel.yaml"),
                """
                - route:
                    id: event
                    from:
                      uri: direct:event
                      steps:
                        - to:
                            uri: file:%s
                            parameters: {fileName: "${header.X-Rollcall-Event}.json"}
                """
                        .formatted(folder.resolve("out")));
        try (Sending engine = Sending.by("file:" + file, state())) {
            state().write("a", REQUESTED, UP);
            assertThat(engine.done()).isTrue();
        }
        assertThat(Json.MAPPER
                        .readTree(folder.resolve("out/ended.json").toFile())
                        .path("seq")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_users_file_without_the_route_keeps_the_engine_from_starting() throws Exception {
        Path file = Files.writeString(
                folder.resolve("events.camel.yaml"),
                """
                - route:
                    id: other
                    from:
                      uri: direct:other
                      steps:
                        - log:
                            message: other
                """);
        assertThatThrownBy(() -> Sending.by("file:" + file, state()))
                .hasMessageContaining("no route begins with direct:event");
    }
}
