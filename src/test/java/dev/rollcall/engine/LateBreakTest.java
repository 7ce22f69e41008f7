package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Service;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's route file was whole when it was tried, and is not when a run begins. */
class LateBreakTest {
    @TempDir
    private Path folder;

    private FakeWorld world;

    @BeforeEach
    void boot() {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_run_that_has_changed_nothing_is_refused() throws IOException {
        breakRoutes();
        Result result = world.restart();
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error().code()).isEqualTo("ROUTES_UNUSABLE");
        assertThat(result.error().message()).contains("mine.camel.yaml");
        assertThat(world.deeds).isEmpty();
    }

    @Test
    void one_that_may_have_left_the_service_down_goes_by_the_packaged_routes() throws IOException {
        world.cutAfter("shutdown_done");
        breakRoutes();
        Result result = world.resume().orElseThrow();
        assertThat(result.service()).isEqualTo(Service.UP);
        assertThat(world.supervisor.reach).isEqualTo(Reach.UP);
        assertThat(FakeWorld.codes(result)).contains("ROUTES_UNUSABLE");
    }

    private void breakRoutes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.camel.yaml"), "- route:\n    frm: nowhere\n");
        world.routes = new RouteFiles(Optional.of(routes));
    }
}
