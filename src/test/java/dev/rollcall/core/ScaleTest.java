package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Verdict.Fate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan for a crowded host takes a time that grows with the host and not with its square: time of the processor, for machines are loaded. */
class ScaleTest {
    private static final Duration LONGEST = Duration.ofSeconds(3);

    @ParameterizedTest
    @EnumSource
    void ten_thousand_celery_processes_and_fifty_thousand_others_are_planned_for_in_time(Crowd.Kind kind) {
        Crowd crowd = Crowd.of(kind, 10_000);
        assertThat(best(crowd, LONGEST)).isLessThan(LONGEST);
    }

    @ParameterizedTest
    @EnumSource
    void twice_the_host_costs_less_than_three_times_as_much(Crowd.Kind kind) {
        Crowd half = Crowd.of(kind, 2_000);
        Crowd all = Crowd.of(kind, 4_000);
        best(half, Duration.ZERO);
        // what the machine does besides can only make it look worse: one fair turn is enough
        assertThat(List.of(1, 2, 3, 4, 5)).anySatisfy(turn -> {
            Duration small = best(half, Duration.ZERO);
            assertThat(best(all, small.multipliedBy(3))).isLessThan(small.multipliedBy(3));
        });
    }

    /** By itself, for beside the rest of a plan a square shows only on a host that is far larger. */
    @ParameterizedTest
    @EnumSource(names = {"NUMPROCS", "INITS"})
    void four_times_the_programs_cost_less_than_eight_times_as_much_to_see_whom_a_stop_reaches(Crowd.Kind kind) {
        Premises few = Crowd.of(kind, 2_500).premises();
        Premises many = Crowd.of(kind, 10_000).premises();
        assertThat(List.of(1, 2, 3, 4, 5)).anySatisfy(turn -> {
            Duration small = exposing(few);
            assertThat(exposing(many)).isLessThan(small.multipliedBy(8));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_crowd_is_what_it_says(Crowd.Kind kind) {
        List<Verdict> verdicts = Crowd.of(kind, 1_000).plan().verdicts();
        long killed = verdicts.stream().filter(v -> v.fate() != Fate.SPARE).count();
        long spared = verdicts.size() - killed;
        // of every second orphaned node nothing is left but clones, which are spared and reported
        assertThat(killed).isEqualTo(kind == Crowd.Kind.ORPHANS ? 500 : 1_000);
        assertThat(spared)
                .isEqualTo(
                        switch (kind) {
                            case DEEP, DETACHED, CONTAINERS -> 5_000;
                            case ORPHANS -> 500;
                            default -> 0;
                        });
    }

    @Test
    void a_tree_deeper_than_a_stack_has_its_main_found() {
        Host host = new Host();
        List<Host.Row> chain = new ArrayList<>();
        for (long pid = 200; pid < 60_200; pid++) {
            chain.add(Host.row(pid, pid == 200 ? Host.SUPERVISORD : pid - 1).argv("sh", "run.sh"));
        }
        chain.forEach(host::add);
        host.add(Host.worker(70_000, 60_199));
        assertThat(host.premises(Host.CELERY).mains())
                .extracting(m -> m.process().pid())
                .containsExactly(70_000L);
    }

    @Test
    void processes_that_are_each_other_s_parents_hold_nobody_up() {
        Host host = Host.withWorker()
                .add(Host.worker(300, 301))
                .add(Host.worker(301, 300))
                .add(Host.row(302, 301))
                .add(Host.worker(303, 303));
        Premises premises = host.premises(Host.CELERY);
        List<Node> nodes = new Roster(premises, "h", List.of(), process -> true).nodes(premises.mains());
        new Bystanders(premises, nodes).list();
        premises.unsure();
        premises.others();
        assertThat(nodes).extracting(Node::pid).startsWith(200L);
        assertThat(premises.programAbove(301)).isEmpty();
    }

    @Test
    void thousands_of_nodes_that_turned_up_late_are_folded_in_time() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(1, Instant.EPOCH, "run", new Event.RollTaken(Rolls.roll(), List.of())));
        for (long i = 1; i <= 20_000; i++) {
            Node late = Rolls.node("w@h", "worker", 1_000 + i / 2, 100_000 + i);
            entries.add(new Entry(i + 1, Instant.EPOCH, "run", new Event.RollExtended(List.of(late))));
        }
        Duration began = spent();
        Roll roll = Fold.result(entries).roll();
        assertThat(spent().minus(began)).isLessThan(LONGEST);
        assertThat(roll).isNotNull();
        assertThat(roll.nodes()).hasSize(10_001);
        assertThat(roll.pids()).hasSize(30_001);
    }

    /** Of up to three turns, or the first that is quick enough. */
    private static Duration best(Crowd crowd, Duration enough) {
        Duration best = Duration.ofDays(1);
        for (int turn = 0; turn < 3 && best.compareTo(enough) >= 0; turn++) {
            Duration began = spent();
            crowd.plan();
            Duration took = spent().minus(began);
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }

    private static Duration exposing(Premises premises) {
        premises.mains();
        Duration began = spent();
        Exposure.of(premises, List.of());
        return spent().minus(began);
    }

    /** By this thread, so far: what else the machine does is not counted. */
    private static Duration spent() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}
