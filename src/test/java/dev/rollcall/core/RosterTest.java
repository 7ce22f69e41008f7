package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static dev.rollcall.core.Node.Source.ACTIVE;
import static dev.rollcall.core.Node.Source.STATS;
import static dev.rollcall.core.Node.Source.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
    private static final long GREENLET = 140586118555200L;

    @Test
    void a_node_that_answers_has_its_own_name_its_tasks_and_all_witnesses() {
        Node node = one(Host.withWorker(), stats("mine@h", 200, 201, 202), active("mine@h", Rolls.task("t", 201)));
        assertThat(node.name()).isEqualTo("mine@h");
        assertThat(node.program()).isEqualTo("worker");
        assertThat(node.pid()).isEqualTo(200);
        assertThat(node.startTicks()).isEqualTo(2000);
        assertThat(node.pool()).isEqualTo("prefork");
        assertThat(node.answered()).isTrue();
        assertThat(node.orphan()).isFalse();
        assertThat(node.tasks()).extracting(Task::id).containsExactly("t");
        assertThat(node.processes())
                .containsExactly(
                        new Node.Pool(201, 2010, Set.of(TREE, STATS, ACTIVE)),
                        new Node.Pool(202, 2020, Set.of(TREE, STATS)));
    }

    @Test
    void whoever_is_in_the_pool_of_another_is_on_the_roll_once() {
        Premises premises = Host.withWorker().premises(CELERY);
        List<Main> mains = List.of(
                new Main(premises.table().get(200).orElseThrow(), "worker", false),
                new Main(premises.table().get(201).orElseThrow(), "worker", true));
        List<Node> nodes = new Roster(premises, "h", List.of(), process -> true).nodes(mains);
        assertThat(nodes).extracting(Node::pid).containsExactly(200L);
        assertThat(nodes.get(0).processes()).extracting(Node.Pool::pid).containsExactly(201L, 202L);
    }

    @Test
    void a_silent_node_is_named_by_its_command_line_and_its_pool_is_in_the_tree() {
        Node node = one(Host.withWorker(), active("celery@h", Rolls.task("t", 201)));
        assertThat(node.name()).isEqualTo("celery@h");
        assertThat(node.answered()).isFalse();
        assertThat(node.tasks()).isEmpty();
        assertThat(node.processes()).extracting(Node.Pool::foundBy).containsOnly(Set.of(TREE));
    }

    @Test
    void a_reply_of_another_host_with_the_pid_of_a_local_process_yields_no_pid_and_no_name() {
        Host host = Host.withWorker().add(row(300, 1)).add(row(301, 300));
        Node node = one(
                host,
                stats("celery@other", 200, 9001, 9002),
                stats("celery@other", 300, 301),
                active("celery@other", Rolls.task("t", 201)));
        assertThat(node.name()).isEqualTo("celery@h");
        assertThat(node.answered()).isFalse();
        assertThat(node.tasks()).isEmpty();
    }

    @Test
    void a_reply_with_this_pid_and_this_name_is_its_own_though_the_pool_was_replaced() {
        assertThat(one(Host.withWorker(), stats("celery@h", 200, 9001), active("celery@h"))
                        .answered())
                .isTrue();
        assertThat(one(Host.withWorker(), stats("celery@h", 201), active("celery@h"))
                        .answered())
                .isFalse();
    }

    @Test
    void a_reply_with_another_pid_is_not_from_this_process() {
        Host host = Host.withWorker();
        ProcessEntry main = host.table().get(200).orElseThrow();
        List<ProcessEntry> children = host.table().children(200);
        assertThat(Roster.isFrom(main, children, stats("celery@h", 200, 201), "h"))
                .isTrue();
        assertThat(Roster.isFrom(main, children, stats("celery@h", 300, 201), "h"))
                .isFalse();
    }

    /** Containers of one image have the same pids, those of the pool too. */
    @Test
    void a_replica_that_answers_first_does_not_give_its_name_and_its_tasks() {
        Node node = one(
                Host.withWorker(),
                stats("celery@replica", 200, 201, 202),
                active("celery@replica", Rolls.task("foreign", 201)),
                stats("celery@h", 200, 201, 202),
                active("celery@h", Rolls.task("own", 201)));
        assertThat(node.name()).isEqualTo("celery@h");
        assertThat(node.tasks()).extracting(Task::id).containsExactly("own");
    }

    @Test
    void a_node_that_answers_later_than_its_replica_gets_its_own_name_and_tasks_back() {
        List<Reply> replies = new ArrayList<>(
                List.of(stats("celery@replica", 200, 201), active("celery@replica", Rolls.task("foreign", 201))));
        Node strange = one(Host.withWorker(), replies.toArray(Reply[]::new));
        assertThat(strange.name()).isEqualTo("celery@replica");
        replies.add(stats("celery@h", 200, 201));
        replies.add(active("celery@h", Rolls.task("own", 201)));
        Node own = heard(strange, replies).orElseThrow();
        assertThat(own.name()).isEqualTo("celery@h");
        assertThat(own.tasks()).extracting(Task::id).containsExactly("own");
        assertThat(heard(own, replies.subList(0, 2))).isEmpty();
    }

    @Test
    void one_whose_command_line_says_its_whole_name_is_not_named_by_a_replica() {
        Host.Row main = worker(200, SUPERVISORD).argv("celery", "worker", "-n", "w@shop");
        Host.Row pool = worker(201, 200).group(200).argv("celery", "worker", "-n", "w@shop");
        Node node = one(new Host().add(main).add(pool), stats("w@replica", 200, 201), active("w@replica"));
        assertThat(node.name()).isEqualTo("w@shop");
        assertThat(node.answered()).isFalse();
        assertThat(Roster.heard(node, main.entry(), "h", List.of(stats("w@replica", 200, 201))))
                .isEmpty();
    }

    @Test
    void where_several_names_fit_the_pool_alone_nobody_knows_which_is_its_own() {
        Node node = one(Host.withWorker(), stats("celery@one", 200, 201), stats("celery@two", 200, 201));
        assertThat(node.name()).isEqualTo("celery@h");
        assertThat(node.answered()).isFalse();
    }

    @Test
    void the_reply_with_this_name_is_preferred_to_one_with_this_pool() {
        Node node = one(Host.withWorker(), stats("mine@h", 200, 201), stats("celery@h", 200, 9001));
        assertThat(node.name()).isEqualTo("celery@h");
    }

    /** The application has chosen threads, and its answer is older than Celery 5.3. */
    @Test
    void a_pool_that_nobody_has_named_and_that_shows_no_process_has_none() {
        Host host = new Host().add(solo(200)).add(worker(201, 200).group(200).argv("celery", "worker"));
        Node node = one(host, new Reply.Stats("celery@h", 200, null, List.of()));
        assertThat(node.processes()).isEmpty();
        Node custom = one(host, new Reply.Stats("celery@h", 200, "own_pool", List.of()));
        assertThat(custom.processes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Pprefork", "--pool=processes", "--autoscale=10,0"})
    void a_pool_of_processes_that_shows_none_at_the_moment_may_have_some(String option) {
        Host host = new Host()
                .add(solo(200, option))
                .add(worker(201, 200).group(200).argv("celery", "worker", option));
        Node node = one(host, new Reply.Stats("celery@h", 200, null, List.of()));
        assertThat(node.processes()).extracting(Node.Pool::pid).containsExactly(201L);
    }

    /** A busy solo node cannot answer, and its application had to be asked for its broker anyway. */
    @Test
    void the_pool_of_a_silent_node_is_what_its_application_has_chosen_unless_its_command_line_says_another() {
        assertThat(chosen("solo").pool()).isEqualTo("solo");
        assertThat(chosen("solo").processes()).isEmpty();
        assertThat(chosen("solo", "-P", "prefork").pool()).isEqualTo("prefork");
        assertThat(chosen("solo", "-P", "prefork").processes()).hasSize(1);
    }

    /** A new release has chosen threads, and the worker of the old one answers with its pool of processes. */
    @Test
    void a_pool_that_a_reply_shows_is_one_of_processes_whatever_the_application_chooses_by_now() {
        Premises premises = new Host()
                .add(solo(200))
                .add(worker(201, 200).group(200).argv("celery", "worker"))
                .premises(CELERY);
        Reply old = new Reply.Stats("celery@h", 200, null, List.of(201L));
        Node node = new Roster(premises, "h", List.of(old), process -> true)
                .choosing(Map.of(200L, "threads"))
                .nodes(premises.mains())
                .get(0);
        assertThat(node.processes()).extracting(Node.Pool::pid).containsExactly(201L);
    }

    private static Node chosen(String pool, String... more) {
        Host.Row child =
                worker(201, 200).group(200).argv(solo(200, more).entry().argv().toArray(String[]::new));
        Premises premises = new Host().add(solo(200, more)).add(child).premises(CELERY);
        return new Roster(premises, "h", List.of(), process -> true)
                .choosing(Map.of(200L, pool))
                .nodes(premises.mains())
                .get(0);
    }

    /** Its pool is in the application's configuration, and it is too busy to say so. */
    @Test
    void a_clone_in_a_session_of_its_own_below_a_silent_node_is_a_bystander_unless_a_reply_has_named_it() {
        Host host = new Host()
                .add(worker(200, SUPERVISORD).group(200))
                .add(worker(201, 200).leads());
        Node silent = one(host);
        assertThat(silent.processes()).isEmpty();
        assertThat(new Bystanders(host.premises(CELERY), List.of(silent)).list())
                .extracting(Bystander::pid)
                .containsExactly(201L);
        assertThat(one(host, stats("celery@h", 200, 201)).processes())
                .extracting(Node.Pool::pid)
                .containsExactly(201L);
        assertThat(one(host, stats("celery@h", 200, 9), active("celery@h", Rolls.task("t", 201)))
                        .processes())
                .extracting(Node.Pool::pid)
                .containsExactly(201L);
    }

    @Test
    void before_celery_5_3_the_pool_is_known_from_the_command_line() {
        Host host = new Host().add(solo(200, "-P", "solo"));
        Node node = one(host, new Reply.Stats("celery@h", 200, null, List.of(200L)));
        assertThat(node.pool()).isEqualTo("solo");
        assertThat(node.processes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "solo", "gevent", "eventlet"})
    void a_pool_without_processes_has_none_and_keeps_its_tasks(String pool) {
        Host host = new Host().add(solo(200)).add(worker(201, 200).group(200).argv("celery", "worker"));
        Node node = one(
                host, new Reply.Stats("celery@h", 200, pool, List.of()), active("celery@h", Rolls.task("t", GREENLET)));
        assertThat(node.processes()).isEmpty();
        assertThat(node.tasks()).extracting(Task::workerPid).containsExactly(GREENLET);
    }

    @Test
    void twins_are_both_kept_and_each_has_the_tasks_of_its_own_processes() {
        Program second = Host.program("second", "second", 400, "celery -A shop worker");
        Host host = Host.withWorker()
                .add(worker(400, SUPERVISORD).of(second))
                .add(worker(401, 400).group(400).of(second));
        Premises premises = host.premises(CELERY, second);
        List<Reply> replies = List.of(
                stats("celery@h", 200, 201, 202),
                stats("celery@h", 400, 401),
                active("celery@h", Rolls.task("a", 201)),
                active("celery@h", Rolls.task("b", 401), Rolls.task("c", 400)));
        List<Node> nodes = new Roster(premises, "h", replies, process -> true).nodes(premises.mains());
        assertThat(nodes).extracting(Node::pid).containsExactly(200L, 400L);
        assertThat(nodes.get(0).tasks()).extracting(Task::id).containsExactly("a");
        assertThat(nodes.get(1).tasks()).extracting(Task::id).containsExactly("b", "c");
        assertThat(heard(nodes.get(1), replies).orElseThrow().tasks())
                .extracting(Task::id)
                .containsExactly("b", "c");
    }

    @Test
    void of_twins_of_which_one_said_its_tasks_each_has_those_of_its_own_processes() {
        Node node = one(
                Host.withWorker(),
                stats("celery@h", 200, 201),
                stats("celery@h", 9000, 9001),
                active("celery@h", Rolls.task("a", 201), Rolls.task("b", 9001)));
        assertThat(node.tasks()).extracting(Task::id).containsExactly("a");
    }

    @Test
    void a_node_that_did_not_say_what_it_runs_has_not_answered() {
        Node node = one(
                Host.withWorker(),
                stats("celery@h", 200, 201),
                new Reply.Failed("celery@h", "active", "TypeError()"),
                active("celery@other", Rolls.task("a", 201)));
        assertThat(node.answered()).isFalse();
        assertThat(node.pool()).isEqualTo("prefork");
    }

    @Test
    void a_twin_that_runs_nothing_does_not_speak_for_one_that_has_not_said_what_it_runs() {
        Node node = silent("w@h", 200, 201);
        List<Reply> late = List.of(stats("w@h", 200, 201), stats("w@h", 400, 401), active("w@h"));
        assertThat(told(node, late)).isEmpty();
        List<Reply> both = new ArrayList<>(late);
        both.add(active("w@h"));
        assertThat(told(node, both)).contains(List.of());
        List<Reply> own = new ArrayList<>(late);
        own.set(2, active("w@h", Rolls.task("t", 201)));
        assertThat(told(node, own).orElseThrow()).extracting(Task::id).containsExactly("t");
    }

    @Test
    void a_twin_whose_answer_is_missing_when_the_roll_is_taken_has_not_answered() {
        Node node =
                one(Host.withWorker(), stats("celery@h", 200, 201), stats("celery@h", 9000, 9001), active("celery@h"));
        assertThat(node.answered()).isFalse();
    }

    @Test
    void a_node_that_is_known_says_its_tasks_if_both_replies_are_there() {
        Node node = silent("w@h", 200, 201);
        Reply.Active busy = active("w@h", Rolls.task("t", 9));
        assertThat(told(node, List.of(stats("w@h", 200), busy, active("x@h")))).contains(busy.tasks());
        assertThat(told(node, List.of(stats("w@h", 200)))).isEmpty();
        assertThat(told(node, List.of(busy))).isEmpty();
        assertThat(told(node, List.of(stats("w@h", 201), busy))).isEmpty();
        assertThat(told(node, List.of(stats("x@h", 200), busy))).isEmpty();
        assertThat(told(node, List.of(stats("x@h", 200, 9), active("x@h", Rolls.task("t", 9)))))
                .isEmpty();
    }

    @Test
    void the_name_of_one_that_has_answered_is_known_and_a_reply_with_its_pids_and_another_name_is_of_another_host() {
        List<Reply> strange = List.of(stats("c2@x", 200, 201), active("c2@x", Rolls.task("t", 201)));
        Node silent = silent("w@h", 200, 201);
        assertThat(heard(silent.answering(List.of()), strange)).isEmpty();
        Node heard = heard(silent, strange).orElseThrow();
        assertThat(heard.name()).isEqualTo("c2@x");
        assertThat(heard.tasks()).extracting(Task::id).containsExactly("t");
    }

    @Test
    void one_that_says_what_it_is_and_not_what_it_runs_is_not_silent_and_its_tasks_stay_known() {
        Node node = silent("w@h", 200, 201).answering(List.of(Rolls.task("t", 201)));
        assertThat(heard(node, List.of(stats("w@h", 200, 201)))).contains(node);
        assertThat(heard(node, List.of(active("w@h")))).isEmpty();
    }

    @Test
    void twins_that_look_the_same_are_two() {
        Node node = silent("w@h", 200, 201);
        assertThat(told(node, List.of(stats("w@h", 200, 201), stats("w@h", 200, 201), active("w@h"))))
                .isEmpty();
    }

    @Test
    void of_twins_without_pool_processes_nobody_knows_whose_a_task_is() {
        Node node = silent("w@h", 200);
        Reply.Active busy = active("w@h", Rolls.task("t", GREENLET));
        List<Reply> twins = List.of(stats("w@h", 200), stats("w@h", 300), active("w@h"), busy);
        assertThat(told(node, twins)).isEmpty();
    }

    private static Optional<List<Task>> told(Node node, List<Reply> replies) {
        return heard(node, replies).filter(Node::answered).map(Node::tasks);
    }

    private static Optional<Node> heard(Node node, List<Reply> replies) {
        return Roster.heard(node, worker(node.pid(), SUPERVISORD).entry(), "h", replies);
    }

    private static Node silent(String name, long pid, long... pool) {
        return Rolls.silent(Rolls.node(name, "worker", pid, pool));
    }

    private static Node one(Host host, Reply... replies) {
        Premises premises = host.premises(CELERY);
        List<Node> nodes = new Roster(premises, "h", List.of(replies), process -> true).nodes(premises.mains());
        assertThat(nodes).hasSize(1);
        return nodes.get(0);
    }

    private static Host.Row solo(long pid, String... more) {
        List<String> argv = new ArrayList<>(List.of("celery", "worker"));
        argv.addAll(List.of(more));
        return worker(pid, SUPERVISORD).argv(argv.toArray(String[]::new));
    }

    static Reply.Stats stats(String node, long pid, long... pool) {
        return new Reply.Stats(node, pid, "prefork", Arrays.stream(pool).boxed().toList());
    }

    static Reply.Active active(String node, Task... tasks) {
        return new Reply.Active(node, List.of(tasks));
    }
}
