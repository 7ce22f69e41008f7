package dev.rollcall.trigger.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Result;
import dev.rollcall.routes.RouteFiles;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import dev.rollcall.trigger.Intake;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files, the real routes; requests go nowhere but into a list. */
@Timeout(60)
class InboxTest implements Intake, OnlyFound {
    private static final Problem FULL = new Problem("QUEUE_NOT_WRITABLE", null, "no room", true);

    @TempDir
    Path folder;

    private final List<Ask> asked = new ArrayList<>();
    private final Map<String, String> runOfKey = new HashMap<>();
    private final Map<String, Outcome> ended = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();
    private Optional<Answer.Declined> declining = Optional.empty();
    /** The hands of a clock that somebody sets; none: the real one. */
    private volatile OptionalLong hands = OptionalLong.empty();

    /** Written by somebody between a look at a file's attributes and the reading of it. */
    private final AtomicReference<String> meanwhile = new AtomicReference<>();

    private Path inbox;
    private DefaultCamelContext context;
    private InboxTrigger trigger;

    @BeforeEach
    void start() throws Exception {
        inbox = folder.resolve("in box");
        Files.createDirectories(inbox);
        open();
    }

    private void open() throws Exception {
        context = RouteFiles.lean();
        context.build();
        RouteFiles.PACKAGED.load(context, RouteFiles.TRIGGERS);
        trigger = new InboxTrigger(inbox, this, this, Clock.systemUTC(), this::nanos);
        trigger.join(context);
        context.start();
    }

    @AfterEach
    void stop() {
        trigger.close();
        context.stop();
    }

    @Override
    public synchronized Answer ask(Ask ask) {
        if (declining.isPresent()) {
            return declining.get();
        }
        String key = ask.key().orElseThrow();
        boolean repeated = runOfKey.containsKey(key);
        String run = runOfKey.computeIfAbsent(key, k -> "run-" + (runOfKey.size() + 1));
        if (!repeated) {
            asked.add(ask);
        }
        return new Answer.Accepted(run, "default", false, repeated, Optional.empty());
    }

    private synchronized List<Ask> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Optional<Result> find(String runId) {
        return Optional.of(OnlyFound.run(runId, Optional.ofNullable(ended.get(runId))));
    }

    /** As a careful system does it: written elsewhere, then renamed. */
    private Path drop(String name, String text) throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), text);
        return Files.move(elsewhere, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> names(String shelf) {
        try (Stream<Path> files = Files.list(inbox.resolve(shelf))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void end(String run, Outcome outcome) {
        ended.put(run, outcome);
    }

    /** Asked at every look at a file that may not be complete. */
    private long nanos() {
        looks.incrementAndGet();
        Optional.ofNullable(meanwhile.getAndSet(null)).ifPresent(text -> {
            try {
                Files.writeString(inbox.resolve("half.json"), text);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return hands.orElseGet(System::nanoTime);
    }

    private void pass(Duration time) {
        hands = OptionalLong.of(hands.orElseThrow() + time.toNanos());
    }

    /** The first look may have begun before what the test has just done; the second has not. */
    private void awaitLook() {
        int before = looks.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= before + 2);
    }

    private void awaitAsked(int number) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(asked()).hasSize(number));
    }

    private void awaitRefused(String namePart) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(names("failed"))
                .anyMatch(n -> n.contains(namePart) && !n.endsWith(".result.json")));
        assertThat(asked()).isEmpty();
        assertThat(names("failed")).anyMatch(n -> n.endsWith(".result.json"));
    }

    @Test
    void a_file_is_asked_for_once_and_put_away_with_its_result() throws IOException {
        Path file = drop("deploy.json", "{\"target\": \"web\"}");
        awaitAsked(1);
        assertThat(asked().get(0).by()).isEqualTo("file:deploy.json");
        assertThat(asked().get(0).options()).hasToString("{target=web}");
        assertThat(file).exists();
        end("run-1", Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(names("done")).containsExactly("deploy.json.run-1", "deploy.json.run-1.result.json");
        assertThat(Files.readString(inbox.resolve("done/deploy.json.run-1"))).contains("web");
        assertThat(Files.readString(inbox.resolve("done/deploy.json.run-1.result.json")))
                .contains("\"outcome\" : \"succeeded\"");
    }

    @Test
    void one_whose_run_failed_lies_with_the_failed() throws IOException {
        drop("a.yaml", "target: web\n");
        awaitAsked(1);
        end("run-1", Outcome.FAILED);
        await().untilAsserted(() -> assertThat(names("failed")).hasSize(2));
        assertThat(names("done")).isEmpty();
    }

    @Test
    void an_empty_restart_file_asks_for_the_defaults() throws IOException {
        drop("now.restart", "");
        awaitAsked(1);
        assertThat(asked().get(0).options()).isEmpty();
    }

    @Test
    void one_that_was_made_and_given_its_rights_first_is_not_taken_before_its_content_comes() throws Exception {
        hands = OptionalLong.of(0);
        Path file = Files.createFile(inbox.resolve("made.yaml"));
        awaitLook();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        awaitLook();
        Files.writeString(file, "target: web\n");
        awaitLook();
        assertThat(asked()).isEmpty();
        pass(Duration.ofSeconds(1));
        awaitAsked(1);
        assertThat(asked().get(0).options()).hasToString("{target=web}");
    }

    @Test
    void a_file_that_grows_is_left_until_it_has_rested() throws IOException {
        Path file = inbox.resolve("slow.yaml");
        hands = OptionalLong.of(0);
        Files.writeString(file, "target: web\n");
        for (int i = 0; i < 4; i++) {
            Files.writeString(file, "kill_grace: " + i + "s\n", StandardOpenOption.APPEND);
            Files.writeString(file, "target: web\nkill_grace: " + i + "s\n");
            awaitLook();
            pass(Duration.ofMillis(900));
            awaitLook();
            assertThat(asked()).isEmpty();
        }
        pass(Duration.ofMillis(100));
        awaitAsked(1);
        assertThat(asked().get(0).options()).hasToString("{target=web, kill_grace=3s}");
    }

    @Test
    void half_a_json_object_is_no_request_until_it_has_rested() throws IOException {
        Path file = inbox.resolve("half.json");
        hands = OptionalLong.of(0);
        Files.writeString(file, "{\"target\": \"web\"");
        awaitLook();
        assertThat(asked()).isEmpty();
        assertThat(names("failed")).isEmpty();
        Files.writeString(file, "{\"target\": \"web\"}");
        awaitAsked(1);
    }

    @Test
    void what_is_completed_while_it_is_looked_at_is_asked_for_once() throws IOException {
        restedHalf();
        meanwhile.set("{\"target\": \"web\"}");
        pass(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(20)).until(() -> !asked().isEmpty());
        Files.writeString(inbox.resolve("other.json"), "{");
        awaitLook();
        assertThat(asked()).extracting(ask -> ask.options().toString()).containsExactly("{target=web}");
    }

    @Test
    void what_is_written_on_while_it_is_looked_at_is_not_refused() throws IOException {
        restedHalf();
        meanwhile.set("{\"target\": \"web");
        pass(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(20)).until(() -> meanwhile.get() == null);
        awaitLook();
        assertThat(names("failed")).isEmpty();
    }

    private void restedHalf() throws IOException {
        hands = OptionalLong.of(0);
        Files.writeString(inbox.resolve("half.json"), "{\"target\": \"we");
        awaitLook();
    }

    @Test
    void the_same_name_again_is_another_request() throws IOException {
        drop("x.restart", "");
        awaitAsked(1);
        drop("x.restart", "");
        awaitAsked(2);
        end("run-1", Outcome.SUCCEEDED);
        end("run-2", Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(names("done")).contains("x.restart.run-2"));
    }

    @Test
    void after_a_crash_it_is_the_same_run_and_is_put_away() throws Exception {
        Path file = drop("x.json", "{}");
        awaitAsked(1);
        stop();
        end("run-1", Outcome.SUCCEEDED);
        open();
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(asked()).hasSize(1);
        assertThat(names("done")).hasSize(2);
    }

    @Test
    void names_may_hold_anything() throws IOException {
        String longest = "x".repeat(250) + ".json";
        for (String name : List.of("a b.json", "line\nbreak.json", "ünï.json", "$(reboot);'\".json", longest)) {
            drop(name, "{}");
        }
        awaitAsked(5);
        assertThat(asked()).extracting(Ask::by).contains("file:line?break.json").noneMatch(by -> by.contains("\n"));
        runOfKey.values().forEach(run -> end(run, Outcome.SUCCEEDED));
        await().untilAsserted(() -> assertThat(names("done")).hasSize(10));
        try (Stream<Path> left = Files.list(inbox)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_name_that_is_no_text_is_taken_all_the_same() throws Exception {
        byte[] name = ("caf" + (char) 0xe9 + ".json").getBytes(StandardCharsets.ISO_8859_1);
        Process maker = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import os,sys; d=os.fsencode(sys.argv[1]); "
                                + "os.close(os.open(d+b'/.t', os.O_CREAT|os.O_WRONLY)); open(d+b'/.t','w').write('{}'); "
                                + "os.rename(d+b'/.t', d+b'/'+bytes.fromhex(sys.argv[2]))",
                        inbox.toString(),
                        java.util.HexFormat.of().formatHex(name))
                .inheritIO()
                .start();
        assertThat(maker.waitFor()).isZero();
        awaitAsked(1);
        assertThat(asked().get(0).by()).isEqualTo("file:caf?.json");
        end("run-1", Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(names("done")).hasSize(2));
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{}");
        Files.createSymbolicLink(inbox.resolve("link.json"), secret);
        awaitRefused("link.json");
        assertThat(secret).exists();
    }

    @Test
    void a_pipe_is_not_opened() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", inbox.resolve("pipe.restart").toString())
                        .start()
                        .waitFor())
                .isZero();
        awaitRefused("pipe.restart");
    }

    @Test
    void a_folder_is_no_request() throws IOException {
        Files.createDirectory(inbox.resolve("folder.json"));
        awaitRefused("folder.json");
    }

    @Test
    void a_file_of_a_gigabyte_is_not_read() throws IOException {
        Path file = folder.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        Files.move(file, inbox.resolve("huge.json"));
        awaitRefused("huge.json");
    }

    @Test
    void what_is_no_request_is_put_away_with_one_sentence() throws IOException {
        drop("bad.json", "{\"target\": ");
        awaitRefused("bad.json");
        String result = names("failed").stream()
                .filter(n -> n.endsWith(".result.json"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(inbox.resolve("failed").resolve(result)))
                .contains("no JSON object (line 1", "\"exit_code\" : 2", "\"outcome\" : \"refused\"");
    }

    @Test
    void other_files_are_nobody_s_business() throws IOException {
        Path part = Files.writeString(inbox.resolve("upload.part"), "{}");
        Path hidden = Files.writeString(inbox.resolve(".hidden.json"), "{}");
        drop("x.json", "{}");
        awaitAsked(1);
        assertThat(part).exists();
        assertThat(hidden).exists();
    }

    @Test
    void while_nothing_can_be_accepted_it_stays() throws IOException {
        declining = Optional.of(new Answer.Declined(Answer.Why.NOT_WRITABLE, FULL));
        Path file = drop("x.json", "{}");
        await().untilAsserted(() -> assertThat(trigger.trouble()).isPresent());
        assertThat(file).exists();
        declining = Optional.empty();
        awaitAsked(1);
    }

    @Test
    void while_it_cannot_be_put_away_it_stays_and_is_not_asked_for_again() throws IOException {
        Path file = drop("x.json", "{}");
        awaitAsked(1);
        Files.delete(inbox.resolve("done"));
        Files.writeString(inbox.resolve("done"), "in the way");
        end("run-1", Outcome.SUCCEEDED);
        await().untilAsserted(() -> assertThat(trigger.trouble()).isPresent());
        assertThat(file).exists();
        Files.delete(inbox.resolve("done"));
        Files.createDirectories(inbox.resolve("done")); // the next look may have made it already
        await().untilAsserted(() -> assertThat(file).doesNotExist());
        assertThat(asked()).hasSize(1);
        await().untilAsserted(() -> assertThat(trigger.trouble()).isEmpty());
    }
}
