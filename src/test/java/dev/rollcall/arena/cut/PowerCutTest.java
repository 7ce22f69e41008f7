package dev.rollcall.arena.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
    /** So many arenas share a scene's events: one cut after the other is mostly waiting. */
    private static final int LANES = 2;

    private static final int AT_ONCE = LANES * PowerCut.Scene.values().length;
    /** A run of the shortest scene has 17 events. */
    private static final int FEWEST_EVENTS = 17;

    private final ExecutorService arenas = Executors.newFixedThreadPool(AT_ONCE);

    @AfterEach
    void end() throws Exception {
        arenas.shutdownNow();
        assertThat(arenas.awaitTermination(1, TimeUnit.MINUTES))
                .as("all arenas are closed")
                .isTrue();
    }

    @Test
    void whereverARunIsCutOffResumeBringsItToAGoodEnd() throws Exception {
        Map<PowerCut.Scene, List<Future<Integer>>> cuts = new EnumMap<>(PowerCut.Scene.class);
        for (PowerCut.Scene scene : PowerCut.Scene.values()) {
            for (int lane = 1; lane <= LANES; lane++) {
                cuts.computeIfAbsent(scene, s -> new ArrayList<>()).add(begin(scene, lane));
            }
        }
        for (PowerCut.Scene scene : PowerCut.Scene.values()) {
            int count = 0;
            for (Future<Integer> lane : cuts.get(scene)) {
                count += lane.get();
            }
            assertThat(count).as("cuts, %s", scene).isGreaterThanOrEqualTo(2 * FEWEST_EVENTS);
        }
    }

    private Future<Integer> begin(PowerCut.Scene scene, int lane) {
        return arenas.submit(() -> {
            try (PowerCut powerCut = PowerCut.open(scene)) {
                return powerCut.everywhere(lane, LANES);
            }
        });
    }
}
