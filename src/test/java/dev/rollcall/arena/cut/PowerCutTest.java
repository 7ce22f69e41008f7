package dev.rollcall.arena.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host lost power in the middle of a restart. Which middle, nobody knew. */
@Tag("arena")
class PowerCutTest {
    /** A run of the shortest scene has 17 events. */
    private static final int FEWEST_EVENTS = 17;

    /** One for each scene: more at once wait for each other, and take more processor time for it. */
    private final ExecutorService arenas = Executors.newFixedThreadPool(PowerCut.Scene.values().length);

    @AfterEach
    void end() throws Exception {
        arenas.shutdownNow();
        assertThat(arenas.awaitTermination(1, TimeUnit.MINUTES))
                .as("all arenas are closed")
                .isTrue();
    }

    @Test
    void whereverARunIsCutOffResumeBringsItToAGoodEnd() throws Exception {
        Map<PowerCut.Scene, Future<Integer>> cuts = new EnumMap<>(PowerCut.Scene.class);
        for (PowerCut.Scene scene : PowerCut.Scene.values()) {
            cuts.put(scene, arenas.submit(() -> everywhere(scene)));
        }
        for (PowerCut.Scene scene : PowerCut.Scene.values()) {
            assertThat(cuts.get(scene).get()).as("cuts, %s", scene).isGreaterThanOrEqualTo(2 * FEWEST_EVENTS);
        }
    }

    private static int everywhere(PowerCut.Scene scene) throws Exception {
        try (PowerCut powerCut = PowerCut.open(scene)) {
            return powerCut.everywhere();
        }
    }
}
