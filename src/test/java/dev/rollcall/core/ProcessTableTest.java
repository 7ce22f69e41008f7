package dev.rollcall.core;

import static dev.rollcall.core.Host.row;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private final ProcessTable table = new Host()
            .add(row(200, 100))
            .add(row(201, 200))
            .add(row(210, 100))
            .add(row(300, 100).state('Z'))
            .add(row(301, 100).state('X'))
            .add(row(0, 0))
            .table();

    @Test
    void zombies_and_dead_ones_are_left_out() {
        assertThat(table.get(300)).isEmpty();
        assertThat(table.get(301)).isEmpty();
        assertThat(table.all()).extracting(ProcessEntry::pid).containsExactly(1L, 100L, 200L, 201L, 210L, 0L);
    }

    @Test
    void parents_come_before_children_and_the_process_itself_is_not_below_itself() {
        assertThat(table.descendants(100)).extracting(ProcessEntry::pid).containsExactly(200L, 210L, 201L);
        assertThat(table.descendants(4711)).isEmpty();
    }

    @Test
    void a_process_that_is_its_own_parent_is_no_loop() {
        assertThat(table.descendants(0))
                .extracting(ProcessEntry::pid)
                .doesNotContain(0L)
                .contains(1L, 201L);
        ProcessTable odd = new Host()
                .add(row(7, 7))
                .add(row(8, 7))
                .add(row(6, 9))
                .add(row(9, 6))
                .table();
        assertThat(odd.descendants(7)).extracting(ProcessEntry::pid).containsExactly(8L);
    }

    @Test
    void it_holds_a_process_only_if_pid_start_and_boot_agree() {
        assertThat(table.holds(new ProcessIdentity(200, 2000, Host.BOOT))).isTrue();
        assertThat(table.holds(new ProcessIdentity(200, 2001, Host.BOOT))).isFalse();
        assertThat(table.holds(new ProcessIdentity(200, 2000, "another boot"))).isFalse();
        assertThat(table.holds(new ProcessIdentity(4711, 2000, Host.BOOT))).isFalse();
    }
}
