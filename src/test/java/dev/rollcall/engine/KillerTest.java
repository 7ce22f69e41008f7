package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Node;
import dev.rollcall.core.Options;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Roll;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a step asks for: who is not on a roll that is on disk is not signalled (S1). */
class KillerTest {
    private static final Roll EMPTY =
            new Roll(Instant.EPOCH, Machine.HOST, Machine.BOOT, null, 0, 0, "redis", List.of(), List.of());

    private FakeWorld world;
    private Ledger ledger;
    private Killer killer;

    @BeforeEach
    void write_an_empty_roll(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        Run run = new Run(
                "run",
                world.request(Options.DEFAULTS, false),
                world.machine,
                Optional.of(world.journal.begin("run", List.of("/c"), List.of())),
                Progress.NONE);
        ledger = new Ledger(run, run.record(new Event.RollTaken(EMPTY, List.of())), Set.of());
        killer = new Killer(world.processes, run, ledger);
    }

    @Test
    void who_is_not_on_the_roll_is_not_signalled() {
        assertThatThrownBy(() -> killer.endSupervisord(identity(SUPERVISORD)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(SUPERVISORD + " is not on the recorded roll");
        assertThatThrownBy(() -> killer.freeze(identity(MAIN))).isInstanceOf(IllegalStateException.class);
        assertThat(world.processes.signalled).isEmpty();
    }

    @Test
    void a_node_that_could_not_be_written_down_is_not_in_the_ledger() {
        world.journal.breaksAt = event -> event instanceof Event.RollExtended;
        ledger.extend(List.of(
                new Node("w@h", "worker", MAIN, MAIN * 10, "prefork", false, true, List.of(pool(POOL)), List.of())));
        assertThat(ledger.nodes()).isEmpty();
        assertThatThrownBy(() -> killer.freeze(identity(MAIN))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> killer.freeze(identity(POOL))).isInstanceOf(IllegalStateException.class);
        assertThat(world.processes.signalled).isEmpty();
    }

    private static Node.Pool pool(long pid) {
        return new Node.Pool(pid, pid * 10, Set.of(Node.Source.TREE));
    }

    private static ProcessIdentity identity(long pid) {
        return new ProcessIdentity(pid, pid * 10, Machine.BOOT);
    }
}
