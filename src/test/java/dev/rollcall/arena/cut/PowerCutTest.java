package dev.rollcall.arena.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host lost power in the middle of a restart. Which middle, nobody knew. */
@Tag("arena")
class PowerCutTest {
    @Test
    void whereverARunIsCutOffResumeBringsItToAGoodEnd() throws Exception {
        ExecutorService scenes = Executors.newFixedThreadPool(PowerCut.Scene.values().length);
        try {
            List<Future<Integer>> cuts = new ArrayList<>();
            for (PowerCut.Scene scene : PowerCut.Scene.values()) {
                cuts.add(scenes.submit(() -> {
                    try (PowerCut powerCut = PowerCut.open(scene)) {
                        return powerCut.everywhere();
                    }
                }));
            }
            for (Future<Integer> count : cuts) {
                assertThat(count.get()).isGreaterThan(40);
            }
        } finally {
            scenes.shutdownNow();
        }
    }
}
