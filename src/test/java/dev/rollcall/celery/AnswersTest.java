package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Active;
import dev.rollcall.core.Reply.Failed;
import dev.rollcall.core.Reply.Stats;
import dev.rollcall.core.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    @Test
    void stats_of_celery_5_2_have_no_name_of_the_pool() throws Exception {
        assertThat(
                        read(
                                "stats",
                                """
                {"w@vm":{"total":{"lab.slp":3},"pid":6619,"clock":"42","pool":{"max-concurrency":2,"processes":[6622,6623],
                "max-tasks-per-child":"N/A","put-guarded-by-semaphore":false,"timeouts":[0,0],"writes":"N/A"},
                "broker":{"hostname":"127.0.0.1","userid":null},"prefetch_count":8,"rusage":{}}}"""))
                .containsExactly(new Stats("w@vm", 6619, null, List.of(6622L, 6623L)));
    }

    @Test
    void stats_of_celery_5_3_to_5_6_name_the_pool() throws Exception {
        assertThat(
                        read(
                                "stats",
                                """
                {"w@vm":{"total":{},"pid":6619,"clock":"42","uptime":12,"pool":{"implementation":"celery.concurrency.prefork:TaskPool",
                "max-concurrency":2,"processes":[6622,6623],"max-tasks-per-child":null,"writes":{"total":1,"inqueues":{}}},
                "broker":{"credential_provider":null}}}"""))
                .containsExactly(new Stats("w@vm", 6619, "prefork", List.of(6622L, 6623L)));
    }

    @Test
    void a_solo_pool_is_not_a_process_of_its_own_and_threads_have_none() throws Exception {
        assertThat(
                        read(
                                "stats",
                                "{\"s@h\":{\"pid\":7,\"pool\":{\"processes\":[7]}}, \"t@h\":{\"pid\":8,\"pool\":{\"threads\":4}}}"))
                .containsExactly(new Stats("s@h", 7, null, List.of()), new Stats("t@h", 8, null, List.of()));
    }

    @Test
    void a_task_is_kept_without_its_arguments() throws Exception {
        List<Reply> replies = read(
                "active",
                """
                {"w@vm":[{"id":"b4f8","name":"lab.slp","args":["card-number"],"kwargs":{"password":"x"},"type":"lab.slp","hostname":"w@vm",
                "time_start":1795429783.37,"acknowledged":true,"worker_pid":6623,
                "delivery_info":{"exchange":"","routing_key":"celery","priority":0,"redelivered":null}}]}""");
        Instant started = Instant.ofEpochMilli(1795429783370L);
        Task task = new Task("b4f8", "lab.slp", 6623, started, true, "celery");
        assertThat(replies).containsExactly(new Active("w@vm", List.of(task)));
    }

    @Test
    void the_number_of_a_greenlet_is_not_cut_short() throws Exception {
        List<Reply> replies =
                read("active", "{\"g@h\":[{\"id\":\"1\",\"type\":\"t\",\"worker_pid\":140586118555200}]}");
        Task task = new Task("1", "t", 140586118555200L, null, false, null);
        assertThat(replies).containsExactly(new Active("g@h", List.of(task)));
    }

    @Test
    void no_tasks_is_an_answer() throws Exception {
        assertThat(read("active", "{\"w@vm\":[]}")).containsExactly(new Active("w@vm", List.of()));
    }

    @Test
    void an_exchange_stands_in_for_a_missing_routing_key() throws Exception {
        List<Reply> replies = read("active", "{\"w@h\":[{\"delivery_info\":{\"exchange\":\"mail\"}}]}");
        assertThat(((Active) replies.get(0)).tasks().get(0).queue()).isEqualTo("mail");
    }

    @Test
    void an_error_is_passed_on_without_passwords() throws Exception {
        assertThat(read("stats", "{\"w@vm\":{\"error\":\"OSError('redis://:pw@h/0')\"}}"))
                .containsExactly(new Failed("w@vm", "stats", "OSError('redis://***@h/0')"));
    }

    @Test
    void an_unknown_shape_is_a_failure_of_that_node_alone() throws Exception {
        assertThat(read("stats", "{\"a@h\":[1],\"b@h\":{\"pid\":5},\"c@h\":null}"))
                .hasSize(3)
                .contains(new Stats("b@h", 5, null, List.of()));
    }

    private static List<Reply> read(String method, String json) throws IOException {
        return Answers.read(method, Json.answer(json.getBytes(StandardCharsets.UTF_8)));
    }
}
