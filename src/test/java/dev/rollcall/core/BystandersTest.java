package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BystandersTest {
    private static final Node NODE = Rolls.node("w@h", "worker", 200, 201, 202);

    private final Host host = Host.withWorker();

    @Test
    void a_child_of_a_pool_process_and_everything_below_it() {
        host.add(row(210, 201).argv("sh", "-c", "sleep 9")).add(row(211, 210).argv("sleep", "9"));
        assertThat(list(NODE))
                .containsExactly(
                        new Bystander(210, 2100, "sh -c sleep 9", "w@h"), new Bystander(211, 2110, "sleep 9", "w@h"));
    }

    /** Incident: it was spared for good then, and stood beside its successor after each restart. */
    @Test
    void a_worker_behind_a_shell_of_a_supervisord_that_was_started_meanwhile_is_none() {
        host.add(row(900, 1).argv("python3", "/usr/bin/supervisord"))
                .add(row(910, 900).argv("sh", "run.sh").of(CELERY))
                .add(worker(911, 910).group(910));
        assertThat(list(NODE)).isEmpty();
    }

    @Test
    void a_worker_that_a_task_started_is_one_too() {
        host.add(worker(210, 201));
        assertThat(list(NODE)).extracting(Bystander::pid).containsExactly(210L);
    }

    @Test
    void a_detached_process_is_known_by_its_environment_and_its_node_by_its_group() {
        Node twin = Rolls.node("x@h", "worker", 400);
        host.add(row(210, 1).group(400).argv("daemon").of(CELERY));
        assertThat(list(NODE, twin)).extracting(Bystander::node).containsExactly("x@h");
    }

    @Test
    void a_detached_process_of_a_program_with_one_node_is_of_that_node() {
        host.add(row(210, 1).leads().of(CELERY));
        assertThat(list(NODE)).extracting(Bystander::node).containsExactly("w@h");
    }

    @Test
    void a_detached_process_of_a_program_with_several_nodes_is_of_nobody_in_particular() {
        host.add(row(210, 1).leads().of(CELERY));
        assertThat(list(NODE, Rolls.node("x@h", "worker", 400)))
                .extracting(Bystander::node)
                .containsExactly("");
    }

    @Test
    void a_detached_process_of_a_celery_program_that_is_down() {
        Program down = Host.program("down", "down", 0, "celery worker");
        host.add(row(210, 1).leads().of(down));
        assertThat(new Bystanders(host.premises(CELERY, down), List.of(NODE)).list())
                .containsExactly(new Bystander(210, 2100, "python3", ""));
    }

    @Test
    void a_detached_process_of_an_own_entry_point() {
        Program own = Host.program("own", "own", 0, "python run_worker.py");
        host.add(row(210, 1).leads().of(own));
        assertThat(new Bystanders(host.premises(own), List.of(Rolls.node("o@h", "own", 300))).list())
                .extracting(Bystander::node)
                .containsExactly("o@h");
    }

    /** Started with an environment of its own, and in the background: only its group is left to know it by. */
    @Test
    void a_detached_process_that_kept_nothing_but_the_group_of_a_node() {
        host.add(row(210, 1).group(200).argv("sleep", "900"));
        assertThat(list(NODE)).containsExactly(new Bystander(210, 2100, "sleep 900", "w@h"));
    }

    @Test
    void a_wrapper_of_an_orphan_that_kept_nothing_but_the_group_is_above_it_and_not_its_tasks() {
        host.add(row(500, 1).group(500).argv("sh"))
                .add(worker(510, 500).group(500))
                .add(row(520, 1).group(500).argv("sleep"));
        assertThat(list(NODE, Rolls.orphan(Rolls.node("o@h", "worker", 510))))
                .extracting(Bystander::pid)
                .containsExactly(520L);
    }

    @Test
    void other_programs_and_what_they_detached_are_none_of_ours() {
        Program web = Host.program("web", "web", 300, "gunicorn");
        host.add(row(300, SUPERVISORD).of(web)).add(row(310, 1).leads().of(web)).add(row(320, 1));
        assertThat(new Bystanders(host.premises(CELERY, web), List.of(NODE)).list())
                .isEmpty();
    }

    @Test
    void a_wrapper_above_the_main_process_is_not_below_it() {
        Host wrapped = new Host()
                .add(row(200, SUPERVISORD).argv("sh", "run.sh").of(CELERY))
                .add(worker(210, 200).group(200));
        assertThat(new Bystanders(wrapped.premises(CELERY), List.of(Rolls.node("w@h", "worker", 210))).list())
                .isEmpty();
    }

    @Test
    void a_process_whose_parent_is_not_in_the_table_is_judged_by_its_environment() {
        host.add(row(210, 4711).of(CELERY)).add(row(211, 4711));
        assertThat(list(NODE)).extracting(Bystander::pid).containsExactly(210L);
    }

    @Test
    void one_that_was_spared_before_though_nothing_tells_any_more_whose_it_is() {
        host.add(row(210, 1).argv("sleep", "900")).add(row(220, 1).argv("sleep", "900"));
        ProcessIdentity known = new ProcessIdentity(210, 2100, Host.BOOT);
        ProcessIdentity reused = new ProcessIdentity(220, 7, Host.BOOT);
        assertThat(new Bystanders(host.premises(SUPERVISORD, Set.of(known, reused), CELERY), List.of(NODE)).list())
                .containsExactly(new Bystander(210, 2100, "sleep 900", ""));
    }

    private List<Bystander> list(Node... nodes) {
        return new Bystanders(host.premises(CELERY), List.of(nodes)).list();
    }
}
