package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the small records know of themselves. */
class WordsTest {
    @Test
    void a_program_is_called_by_group_and_name_unless_both_are_the_same() {
        assertThat(Host.program("a", "a", 1, "x").fullName()).isEqualTo("a");
        assertThat(Host.program("a", "g", 1, "x").fullName()).isEqualTo("g:a");
    }

    @Test
    void a_pool_process_that_nobody_named_is_from_the_tree() {
        assertThat(new Node.Pool(1, 2, Set.of()).foundBy()).containsExactly(Node.Source.TREE);
    }

    /** Two documents of one run can be compared. */
    @Test
    void who_said_that_a_process_belongs_to_the_pool_is_told_in_one_order() {
        Set<Node.Source> all = Set.of(Node.Source.TREE, Node.Source.ACTIVE, Node.Source.STATS);
        assertThat(new Node.Pool(1, 2, all).foundBy())
                .containsExactly(Node.Source.STATS, Node.Source.ACTIVE, Node.Source.TREE);
    }

    @Test
    void a_nodes_tasks_can_be_replaced() {
        Node node = Rolls.node("w@h", "worker", 200, 201);
        assertThat(node.answering(List.of(Rolls.task("t", 201))).tasks()).hasSize(1);
        assertThat(node.answering(List.of()).processes()).isEqualTo(node.processes());
    }

    @Test
    void a_scheduler_cannot_be_asked() {
        Main worker = new Main(Host.worker(200, 100).entry(), "worker", false);
        assertThat(worker.takesTasks()).isTrue();
        assertThat(new Main(Host.row(200, 100).argv("celery", "beat").entry(), "beat", false).takesTasks())
                .isFalse();
    }

    @Test
    void a_step_has_one_word() {
        assertThat(Step.PREFLIGHT.word()).isEqualTo("preflight");
    }

    @Test
    void an_event_has_one_word() {
        assertThat(new Event.StepBegun(Step.KILL).type()).isEqualTo("kill_begun");
        assertThat(new Event.StepDone(Step.KILL, Event.StepDone.Ended.OK, 1, "").type())
                .isEqualTo("kill_done");
    }

    @Test
    void a_finding_knows_how_much_it_matters() {
        assertThat(Finding.warning("C", "m", "f").severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(Finding.error("C", "m", "f").severity()).isEqualTo(Finding.Severity.ERROR);
    }

    @Test
    void a_server_never_shows_its_password_and_a_recipe_never_its_environment() {
        ServerAddress server = new ServerAddress(null, "h", 9001, "http://h:9001", "u", "hunter2");
        StartRecipe recipe = recipe("");
        assertThat(server.toString() + recipe + recipe("s.service")).doesNotContain("hunter2");
        assertThat(recipe).hasToString("supervisord -n");
        assertThat(recipe("s.service")).hasToString("s.service");
    }

    @Test
    void a_recipes_bytes_are_read_as_utf_8() {
        assertThat(recipe("").text()).containsEntry("PASSWORD", "hunter2").containsEntry("NAME", "ü");
    }

    @Test
    void a_configuration_prefers_its_first_server() {
        ServerAddress socket = new ServerAddress("/s", null, 0, "unix:///s", null, null);
        SupervisorConf conf =
                new SupervisorConf("/c", List.of(socket), "/p", false, "", List.of(), List.of(), List.of());
        assertThat(conf.server()).contains(socket);
        assertThat(new SupervisorConf("/c", List.of(), "/p", false, "", List.of(), List.of(), List.of()).server())
                .isEqualTo(Optional.empty());
    }

    @Test
    void a_supervisord_is_itself_by_pid_start_and_boot() {
        assertThat(Rolls.SUPERVISORD.identity("b")).isEqualTo(new ProcessIdentity(100, 1000, "b"));
    }

    private static StartRecipe recipe(String unit) {
        return new StartRecipe(
                List.of("supervisord", "-n"),
                "/",
                Map.of("PASSWORD", "hunter2", "NAME", "\u00c3\u00bc"),
                0,
                0,
                List.of(),
                18,
                Map.of(),
                true,
                "",
                unit);
    }
}
