package dev.rollcall.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arena itself, without the product: it shows the problem that the product solves. */
@Tag("arena")
class ArenaTest {
    @Test
    void theProblemIsRealAndTheArenaLeavesNothingBehind() throws Exception {
        Folder folder;
        try (Arena arena = Arena.of(Program.wrapped("w"), Program.plain("idle")).open()) {
            folder = arena.folder();
            Workers.Node before = arena.awaitNodes().get(0);
            Proc detached = arena.detached("detach", "nohup", 600);
            Proc supervisord = arena.supervisord();

            arena.supervisorctl().run("shutdown");
            await().atMost(Arena.PATIENCE).until(() -> !supervisord.isAlive());
            assertThat(Proc.read(before.pid()))
                    .as("the old node outlives supervisord")
                    .isPresent();

            arena.startSupervisord();
            List<Workers.Node> twins = arena.awaitNodes(2);
            assertThat(twins).extracting(Workers.Node::name).containsOnly(before.name());
            assertThat(detached.isAlive()).isTrue();
        }
        assertThat(Proc.having(Arena.MARKER, folder.root().getFileName().toString()))
                .isEmpty();
        assertThat(Files.exists(folder.root())).isFalse();
    }
}
