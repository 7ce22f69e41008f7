package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Event;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt of a run that finishes another: whoever sends it is told whether it is put off (S8). */
class DeferredInterruptTest {
    private final List<String> putOff = new ArrayList<>();
    private FakeWorld world;

    @BeforeEach
    void cut_a_run_off_while_it_shuts_down(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        world.supervisor.manners.put("worker", Manner.LEAVES_POOL);
        world.journal.after = event -> {
            if (event.type().equals("shutdown_begun")) {
                world.journal.after = more -> {};
                world.machine.halt();
            }
        };
        assertThatThrownBy(() -> world.restart()).isInstanceOf(Machine.Halt.class);
        world.interrupt = new Interrupt();
    }

    @Test
    void an_interrupt_of_a_run_that_is_gone_on_with_is_put_off() {
        interruptAt("resumed");
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(putOff).containsExactly("resumed true");
    }

    @Test
    void once_the_run_before_is_finished_the_next_may_be_interrupted() {
        interruptAt("requested");
        world.machine.goOn();
        Result result = world.restart();
        assertThat(putOff).containsExactly("requested false");
        assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(result.changed()).as("by the run before").isTrue();
        assertThat(FakeWorld.codes(result)).containsExactly("RUN_FINISHED");
        assertThat(world.machine.runs(POOL))
                .as("the run before has been finished")
                .isFalse();
        assertThat(world.deeds).containsOnlyOnce("shutdown").containsOnlyOnce("start");
    }

    private void interruptAt(String type) {
        world.progress = new Progress() {
            @Override
            public void happened(Event event) {
                if (event.type().equals(type)) {
                    putOff.add(type + " " + world.interrupt.raise(15));
                }
            }

            @Override
            public void waiting(String forWhat) {}
        };
    }
}
