package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a user's routes is known before anything is begun. */
class RouteTrialTest {
    @TempDir
    private Path folder;

    @Test
    void hooks_are_found_with_file_and_line() throws IOException {
        Path one = write("a.camel.yaml", "\n" + route("one", "direct:after-restart", "log:x"));
        Path two = write("b.camel.yaml", route("two", "direct://on-failure", "log:x"));
        write("c.camel.yaml", route("three", "timer:often", "log:x"));
        assertThat(RouteTrial.hooks(files()))
                .containsExactly("direct:after-restart of " + one + ":2", "direct:on-failure of " + two + ":1");
    }

    @Test
    void nothing_is_begun() throws IOException {
        Path marker = folder.resolve("marker");
        write("a.camel.yaml", route("one", "timer:now?delay=0", "file:" + marker));
        write("b.camel.yaml", route("two", "direct:after-restart", "file:" + marker));
        RouteTrial.hooks(files());
        assertThat(marker).doesNotExist();
    }

    @Test
    void a_component_that_is_not_there_is_told_with_file_and_line() throws IOException {
        Path file = write("a.camel.yaml", "\n" + route("one", "direct:after-restart", "slack:channel"));
        assertThatThrownBy(() -> RouteTrial.hooks(files()))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining(file + ":2")
                .hasMessageContaining("slack");
    }

    @Test
    void a_bean_that_is_not_there_too() throws IOException {
        Path file = write(
                "a.camel.yaml",
                route("one", "direct:after-restart", "log:x")
                        .replace("to:", "bean:")
                        .replace("uri: log:x", "ref: nobody"));
        assertThatThrownBy(() -> RouteTrial.hooks(files()))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining(file + ":1")
                .hasMessageContaining("nobody");
    }

    @Test
    void a_route_id_that_the_packaged_routes_have_is_refused_with_its_file() throws IOException {
        Path file = write("a.camel.yaml", route("restart", "direct:after-restart", "log:x"));
        assertThatThrownBy(() -> RouteTrial.hooks(files()))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restart");
    }

    @Test
    void a_hook_that_two_files_define_is_refused() throws IOException {
        Path one = write("a.camel.yaml", route("one", "direct:after-restart", "log:x"));
        Path two = write("b.camel.yaml", route("two", "direct:after-restart", "log:x"));
        assertThatThrownBy(() -> RouteTrial.hooks(files()))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining(one + ":1")
                .hasMessageContaining(two + ":1");
    }

    @Test
    void a_pipeline_that_lacks_a_route_is_refused() throws IOException {
        Path file = write("restart.camel.yaml", route("restart", "direct:restart", "log:x"));
        assertThatThrownBy(() -> RouteTrial.hooks(files()))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("direct:resume");
    }

    private RouteFiles files() {
        return new RouteFiles(Optional.of(folder));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String route(String id, String from, String to) {
        return """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - to:
                            uri: %s
                """
                .formatted(id, from, to);
    }
}
