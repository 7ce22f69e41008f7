package dev.rollcall.core;

import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A worker that does not look like one, {@code python run_worker.py}: proven by its answer and the pool that it named. */
class OwnEntryPointTest {
    private static final Program OWN = Host.program("own", "own", 300, "python run_worker.py");

    private final Host host = new Host()
            .add(entry(300, SUPERVISORD))
            .add(entry(301, 300))
            .add(row(302, 300).argv("sleep", "9"));

    @Test
    void is_on_the_roll_if_it_answered_and_one_of_its_children_is_in_the_pool_it_named() {
        List<Node> nodes = nodes(RosterTest.stats("own@h", 300, 301, 7));
        assertThat(nodes).extracting(Node::pid).containsExactly(300L);
        assertThat(nodes.get(0).program()).isEqualTo("own");
        assertThat(nodes.get(0).orphan()).isFalse();
        assertThat(nodes.get(0).processes()).extracting(Node.Pool::pid).containsExactly(301L);
    }

    @Test
    void is_on_the_roll_once_however_often_it_answered() {
        Reply.Stats reply = RosterTest.stats("own@h", 300, 301);
        assertThat(nodes(reply, reply)).hasSize(1);
    }

    @Test
    void is_not_if_none_of_its_children_is_in_the_pool_it_named() {
        assertThat(nodes(RosterTest.stats("own@h", 300, 7))).isEmpty();
    }

    @Test
    void is_not_if_the_process_does_not_exist_or_lies_elsewhere() {
        host.add(entry(900, 1)).add(entry(901, 900));
        assertThat(nodes(RosterTest.stats("own@h", 4711, 301), RosterTest.stats("own@h", 900, 901)))
                .isEmpty();
    }

    @Test
    void is_not_if_it_runs_below_a_main_process_that_is_known() {
        host.add(entry(310, 301)).add(entry(311, 310));
        assertThat(pids(RosterTest.stats("own@h", 300, 301), RosterTest.stats("task@h", 310, 311)))
                .containsExactly(300L);
    }

    /** What a task has started may answer before the worker that runs the task. */
    @Test
    void is_not_if_it_runs_below_one_that_answered_later() {
        host.add(entry(310, 301)).add(entry(311, 310));
        Reply.Stats above = RosterTest.stats("own@h", 300, 301);
        assertThat(pids(RosterTest.stats("task@h", 310, 311), above)).containsExactly(300L);
        assertThat(pids(RosterTest.stats("task@h", 301, 310), above)).containsExactly(300L);
    }

    /** Its program has ended, and another process has the pid. */
    @Test
    void is_not_if_it_has_a_program_s_pid_and_is_not_below_supervisord() {
        Premises premises = new Host().add(entry(300, 1)).add(entry(301, 300)).premises(OWN);
        List<Reply> replies = List.of(RosterTest.stats("own@h", 300, 301));
        assertThat(new Roster(premises, "h", replies, process -> true).nodes(premises.mains()))
                .isEmpty();
    }

    @Test
    void is_not_if_no_program_is_above_it() {
        host.add(entry(350, SUPERVISORD)).add(entry(351, 350));
        assertThat(nodes(RosterTest.stats("own@h", 350, 351))).isEmpty();
    }

    @Test
    void has_pool_processes_with_celerys_title_though_it_has_none_itself() {
        host.add(row(303, 300).argv("[celeryd: own@h:ForkPoolWorker-2]").of(OWN));
        List<Node> nodes = nodes(RosterTest.stats("own@h", 300, 301, 303));
        assertThat(nodes).extracting(Node::pid).containsExactly(300L);
        assertThat(nodes.get(0).processes()).extracting(Node.Pool::pid).containsExactly(301L, 303L);
    }

    /** {@code app.worker_main(["-P", "gevent"])} has no process to show. */
    @Test
    void without_a_pool_is_on_the_roll_by_a_name_of_this_host() {
        Host lonely = new Host().add(entry(300, SUPERVISORD)).add(row(302, 300).argv("sleep", "9"));
        List<Node> nodes = nodes(lonely, RosterTest.active("own@h"), lone("own@h", 300, "gevent"));
        assertThat(nodes).extracting(Node::pid).containsExactly(300L);
        assertThat(nodes.get(0).pool()).isEqualTo("gevent");
        assertThat(nodes.get(0).answered()).isTrue();
        assertThat(nodes.get(0).processes()).isEmpty();
    }

    @Test
    void without_a_pool_is_not_by_the_name_of_another_host_or_by_the_answer_of_one_that_has_a_pool() {
        Host lonely = new Host().add(entry(300, SUPERVISORD));
        assertThat(nodes(lonely, lone("own@elsewhere", 300, "gevent"))).isEmpty();
        assertThat(nodes(lonely, lone("own@h", 300, "prefork"))).isEmpty();
        assertThat(nodes(lonely, RosterTest.stats("own@h", 300, 7))).isEmpty();
    }

    @Test
    void without_a_pool_is_not_if_it_is_not_the_program_s_own_process() {
        assertThat(nodes(lone("own@h", 302, "gevent"))).isEmpty();
    }

    /** Before Celery 5.3 an answer does not name the pool: whoever a task forks there is spared as in any other. */
    @Test
    void has_no_pool_processes_if_it_says_so_though_a_task_forks_some_later() {
        Host lonely = new Host().add(entry(300, SUPERVISORD));
        Node node = nodes(lonely, lone("own@h", 300, null)).get(0);
        assertThat(CeleryCommand.hasPoolProcesses(String.valueOf(node.pool()))).isFalse();
    }

    private static Reply.Stats lone(String node, long pid, @Nullable String pool) {
        return new Reply.Stats(node, pid, pool, List.of());
    }

    private static List<Node> nodes(Host host, Reply... replies) {
        Premises premises = host.premises(OWN);
        return new Roster(premises, "h", List.of(replies), process -> true).nodes(premises.mains());
    }

    private List<Long> pids(Reply... replies) {
        return nodes(replies).stream().map(Node::pid).toList();
    }

    private List<Node> nodes(Reply... replies) {
        return nodes(host, replies);
    }

    private static Host.Row entry(long pid, long parent) {
        return row(pid, parent).argv("python", "run_worker.py").of(OWN);
    }
}
