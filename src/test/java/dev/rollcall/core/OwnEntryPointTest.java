package dev.rollcall.core;

import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        assertThat(new Roster(premises, "h", replies).nodes(premises.mains())).isEmpty();
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

    private List<Long> pids(Reply... replies) {
        return nodes(replies).stream().map(Node::pid).toList();
    }

    private List<Node> nodes(Reply... replies) {
        Premises premises = host.premises(OWN);
        return new Roster(premises, "h", List.of(replies)).nodes(premises.mains());
    }

    private static Host.Row entry(long pid, long parent) {
        return row(pid, parent).argv("python", "run_worker.py").of(OWN);
    }
}
