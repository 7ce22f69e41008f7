package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Verdict.Fate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a host looks like and whatever nodes answer. */
class PlanPropertiesTest {
    @Provide
    Arbitrary<RandomHosts> hosts() {
        return RandomHosts.any();
    }

    @Property
    void nobody_is_killed_who_is_not_below_this_supervisord_or_marked_as_its_orphan(@ForAll("hosts") RandomHosts host) {
        for (Verdict verdict : plan(host).verdicts()) {
            ProcessEntry process = host.premises().table().get(verdict.pid()).orElseThrow();
            if (verdict.fate() == Fate.KILL_IF_LEFT) {
                assertThat(host.premises().isBelow(process)).isTrue();
            }
            if (verdict.fate() == Fate.KILL) {
                assertThat(host.premises().isBelow(process)).isFalse();
                assertThat(host.premises().programOf(rootOf(process, host))).isPresent();
            }
        }
    }

    @Property
    void neither_init_nor_supervisord_is_ever_killed(@ForAll("hosts") RandomHosts host) {
        assertThat(pids(plan(host), Set.of(Fate.KILL, Fate.KILL_IF_LEFT))).doesNotContain(0L, 1L, Host.SUPERVISORD);
    }

    @Property
    void nobody_is_both_killed_and_spared(@ForAll("hosts") RandomHosts host) {
        Plan plan = plan(host);
        Set<Long> both = new HashSet<>(pids(plan, Set.of(Fate.KILL, Fate.KILL_IF_LEFT)));
        both.retainAll(pids(plan, Set.of(Fate.SPARE)));
        assertThat(both).isEmpty();
    }

    @Property
    void everybody_on_the_roll_has_exactly_one_verdict(@ForAll("hosts") RandomHosts host) {
        Roll roll = roll(host);
        Set<Long> seen = new HashSet<>(roll.pids());
        roll.bystanders().forEach(b -> seen.add(b.pid()));
        assertThat(plan(host).verdicts()).extracting(Verdict::pid).containsExactlyInAnyOrderElementsOf(seen);
    }

    @Property
    void a_pid_comes_from_the_process_table_with_its_start_time(@ForAll("hosts") RandomHosts host) {
        for (Verdict verdict : plan(host).verdicts()) {
            ProcessIdentity identity = new ProcessIdentity(verdict.pid(), verdict.startTicks(), Host.BOOT);
            assertThat(host.premises().table().holds(identity)).isTrue();
        }
    }

    /** A pool process carries the marks of its main process. */
    private static ProcessEntry rootOf(ProcessEntry process, RandomHosts host) {
        boolean main = roll(host).nodes().stream().anyMatch(n -> n.pid() == process.pid());
        return main ? process : host.premises().table().get(process.ppid()).orElseThrow();
    }

    private static Roll roll(RandomHosts host) {
        List<Node> nodes = new Roster(host.premises(), "h", host.replies(), process -> true)
                .nodes(host.premises().mains());
        return Rolls.roll("redis", nodes, new Bystanders(host.premises(), nodes).list());
    }

    private static Plan plan(RandomHosts host) {
        Roll roll = roll(host);
        Exposure exposed = Exposure.of(host.premises(), roll.bystanders());
        return Planner.plan(roll, host.premises().programs(), exposed, Options.DEFAULTS);
    }

    private static List<Long> pids(Plan plan, Set<Fate> fates) {
        return plan.verdicts().stream()
                .filter(v -> fates.contains(v.fate()))
                .map(Verdict::pid)
                .toList();
    }
}
