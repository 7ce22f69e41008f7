package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roll of 200 nodes with 50 processes each, over a real Redis. */
@Tag("integration")
class CrowdRollTest {
    private static final int NODES = 200;
    private static final int PROCESSES = 50;

    @TempDir
    Path directory;

    @Test
    void two_hundred_nodes_are_heard_in_time() throws Exception {
        Set<Long> mains =
                LongStream.range(0, NODES).map(CrowdRollTest::main).boxed().collect(Collectors.toSet());
        Findings findings = new Findings();
        try (RedisServer server = new RedisServer(directory, null);
                FakeNode all = new FakeNode(server, CrowdRollTest::answer);
                Transport transport = new RedisRemoteControl.Maker()
                        .make(BrokerUrl.read(server.url(0)).get(0), findings)) {
            // the rest of the nodes only listen: a broker counts them, and one answers for all
            FakeNode[] others = new FakeNode[NODES - 1];
            for (int i = 0; i < others.length; i++) {
                others[i] = new FakeNode(server, q -> {});
            }
            transport.connect(Deadline.in(Duration.ofSeconds(5)));
            Inquiry inquiry = new Inquiry(mains);
            long began = System.nanoTime();
            transport.ask(inquiry, Deadline.in(Duration.ofSeconds(20)));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf("roll of %d nodes x %d: %d ms, with the answering%n", NODES, PROCESSES, took.toMillis());
            assertThat(inquiry.satisfied()).isTrue();
            assertThat(inquiry.stats())
                    .hasSize(NODES)
                    .allMatch(s -> s.processes().size() == PROCESSES - 1);
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            for (FakeNode other : others) {
                other.close();
            }
        }
        assertThat(findings.list()).isEmpty();
    }

    private static long main(long node) {
        return 1_000 + node * PROCESSES;
    }

    private static void answer(FakeNode.Question question) {
        for (int node = 0; node < NODES; node++) {
            long main = main(node);
            String pool = IntStream.range(1, PROCESSES)
                    .mapToObj(i -> Long.toString(main + i))
                    .collect(Collectors.joining(","));
            String tasks = IntStream.range(1, PROCESSES)
                    .mapToObj(i -> "{\"id\":\"t" + (main + i)
                            + "\",\"name\":\"app.task\",\"args\":[1,2],\"worker_pid\":" + (main + i) + "}")
                    .collect(Collectors.joining(","));
            question.reply(
                    "w" + node + "@h",
                    question.stats()
                            ? "{\"pid\":" + main + ",\"pool\":{\"processes\":[" + pool + "]}}"
                            : "[" + tasks + "]");
        }
    }
}
