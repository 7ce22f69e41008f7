package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Active;
import dev.rollcall.core.Reply.Stats;
import dev.rollcall.core.Task;
import dev.rollcall.port.Celery.Line;
import dev.rollcall.port.Celery.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RealWorkersTest {
    private static final String PASSWORD = "s3cret-of-redis";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static RedisServer server;
    private static Map<String, String> environment;
    /** Its broker stands in its environment, database 3. */
    private static CeleryWorker open;
    /** Its broker and prefixes are known to its code alone, database 5. */
    private static CeleryWorker discreet;
    /** It answers in pickle. */
    private static CeleryWorker pickled;

    private final ChildCommands commands = new ChildCommands();
    private final RemoteControl celery = new RemoteControl(commands);

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(directory, PASSWORD);
        environment = Map.of("CELERY_BROKER_URL", server.url(3));
        open = new CeleryWorker(directory.resolve("open"), "app = Celery('tasks')", environment);
        discreet = new CeleryWorker(
                directory.resolve("discreet"),
                """
                print("junk that an application prints")
                app = Celery("tasks", broker="%s")
                app.conf.broker_transport_options = {"global_keyprefix": "mine-", "fanout_prefix": "/fan{db}."}
                """
                        .formatted(server.url(5)),
                Map.of());
        pickled = new CeleryWorker(
                directory.resolve("pickled"),
                """
                app = Celery("tasks", broker="%s")
                app.conf.task_serializer = "pickle"
                app.conf.accept_content = ["pickle", "json"]
                """
                        .formatted(server.url(6)),
                Map.of("C_FORCE_ROOT", "1"));
        open.ready();
        discreet.ready();
        pickled.ready();
    }

    @AfterAll
    static void stop() throws Exception {
        open.close();
        discreet.close();
        pickled.close();
        server.close();
    }

    @Test
    void a_broker_in_the_environment_is_proven_without_running_the_application() throws Exception {
        // a first answer that is slow would have the application run as well
        Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO);
        RemoteControl patient = new RemoteControl(commands, patience);
        try (Line line = patient.open(List.of(open.entry()), Settings.AUTO, Duration.ofSeconds(30))) {
            assertThat(line.means()).isEqualTo("redis");
            assertThat(line.findings()).isEmpty();
            assertThat(pids(ask(line, open))).containsExactly(open.pid());
            assertThat(stats(ask(line, open)).processes()).hasSize(2).doesNotContain(open.pid());
            assertThat(commands.ran).isEmpty();
        }
        assertThat(server.keys(3)).isEmpty();
    }

    @Test
    void a_running_task_is_named_without_its_arguments() throws Exception {
        open.send(directory.resolve("open"), environment, 20);
        try (Line line = open(Settings.AUTO, open.entry())) {
            await().atMost(LIMIT).until(() -> !tasks(ask(line, open)).isEmpty());
            Task task = tasks(ask(line, open)).get(0);
            assertThat(task.name()).isEqualTo("tasks.nap");
            assertThat(task.queue()).isEqualTo("q-open");
            assertThat(task.acknowledged()).isTrue();
            assertThat(task.startedAt()).isNotNull();
            assertThat(stats(ask(line, open)).processes()).contains(task.workerPid());
            assertThat(ask(line, open).toString()).doesNotContain("my-argument");
        }
    }

    @Test
    void a_broker_that_only_the_code_knows_is_asked_from_the_application() throws Exception {
        try (Line line = patient().open(List.of(discreet.entry()), Settings.AUTO, LIMIT)) {
            assertThat(line.means()).isEqualTo("redis");
            assertThat(pids(ask(line, discreet))).containsExactly(discreet.pid());
            assertThat(line.findings()).isEmpty();
        }
        assertThat(commands.ran)
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.argv().toString()).doesNotContain(PASSWORD));
        assertThat(server.keys(5)).isEmpty();
    }

    @Test
    void two_brokers_are_asked_side_by_side() throws Exception {
        try (Line line = open(Settings.AUTO, open.entry(), discreet.entry())) {
            Set<Long> both = Set.of(open.pid(), discreet.pid());
            assertThat(pids(line.ask(both, LIMIT))).containsExactlyInAnyOrderElementsOf(both);
        }
    }

    @Test
    void a_node_that_answers_in_pickle_is_asked_through_its_own_celery() throws Exception {
        try (Line line = patient().open(List.of(pickled.entry()), Settings.AUTO, LIMIT)) {
            assertThat(line.findings()).extracting(Finding::code).contains("REPLY_NOT_JSON", "BROKER_UNPROVEN");
            assertThat(line.findings().toString()).doesNotContain(PASSWORD);
            assertThat(pids(ask(line, pickled))).containsExactly(pickled.pid());
        }
    }

    @Test
    void exec_asks_through_celery_inspect_alone() throws Exception {
        try (Line line = open(new Settings(null, "exec", List.of()), open.entry())) {
            assertThat(line.means()).isEqualTo("exec");
            List<Reply> replies = ask(line, open);
            assertThat(pids(replies)).containsExactly(open.pid());
            assertThat(replies).anyMatch(Active.class::isInstance);
            assertThat(commands.ran)
                    .allSatisfy(c -> assertThat(c.argv()).contains("inspect").doesNotContain(PASSWORD));
        }
    }

    @Test
    void a_configured_broker_of_another_kind_leaves_exec_and_says_so() throws Exception {
        Settings amqp = new Settings("amqp://u:hidden-word@127.0.0.1//", "amqp", List.of());
        try (Line line = open(amqp, open.entry())) {
            assertThat(line.means()).isEqualTo("exec");
            assertThat(line.findings()).extracting(Finding::code).contains("BROKER_UNSUPPORTED", "BROKER_NOT_FOUND");
            assertThat(line.findings().toString()).doesNotContain("hidden-word", PASSWORD);
        }
    }

    @Test
    void none_asks_nobody() throws Exception {
        try (Line line = open(new Settings(null, "none", List.of()), open.entry())) {
            assertThat(line.means()).isEqualTo("none");
            assertThat(ask(line, open)).isEmpty();
        }
    }

    @Test
    void a_wrong_configured_broker_does_not_keep_the_right_one_from_being_found() throws Exception {
        try (Line line = open(new Settings("redis://127.0.0.1:1/0", "auto", List.of()), open.entry())) {
            assertThat(line.means()).isEqualTo("redis");
            assertThat(pids(ask(line, open))).containsExactly(open.pid());
        }
    }

    @Test
    void opening_and_asking_take_milliseconds() throws Exception {
        open(Settings.AUTO, open.entry()).close();
        long start = System.nanoTime();
        try (Line line = open(Settings.AUTO, open.entry())) {
            long opened = System.nanoTime();
            ask(line, open);
            long first = System.nanoTime();
            long[] asks = new long[20];
            for (int i = 0; i < asks.length; i++) {
                long began = System.nanoTime();
                ask(line, open);
                asks[i] = System.nanoTime() - began;
            }
            // the one in the middle: a machine that stalls makes some of them long, not most
            Arrays.sort(asks);
            long usual = asks[asks.length / 2];
            System.out.printf(
                    "open %.1f ms, first ask %.1f ms, then usually %.2f ms%n",
                    (opened - start) / 1e6, (first - opened) / 1e6, usual / 1e6);
            assertThat(Duration.ofNanos(usual)).isLessThan(Duration.ofMillis(500));
        }
    }

    private Line open(Settings settings, ProcessEntry... mains) {
        return celery.open(List.of(mains), settings, LIMIT);
    }

    /** Gives up neither a node nor an application that is slow. */
    private RemoteControl patient() {
        return new RemoteControl(
                commands, new Patience(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(5)));
    }

    /** The wait is over with the last answer; only celery inspect takes all of it. */
    private static List<Reply> ask(Line line, CeleryWorker worker) {
        return line.ask(Set.of(worker.pid()), Duration.ofSeconds(line.means().equals("exec") ? 5 : 20));
    }

    private static List<Long> pids(List<Reply> replies) {
        return replies.stream()
                .filter(Stats.class::isInstance)
                .map(r -> ((Stats) r).pid())
                .toList();
    }

    private static Stats stats(List<Reply> replies) {
        return replies.stream()
                .filter(Stats.class::isInstance)
                .map(Stats.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<Task> tasks(List<Reply> replies) {
        return replies.stream()
                .filter(Active.class::isInstance)
                .flatMap(r -> ((Active) r).tasks().stream())
                .toList();
    }
}
