package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the server comes and goes. */
class LifeTest {
    private static void nobodyListens(int port) {
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        assertThat(socket.isConnected()).isFalse();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void before_its_routes_are_there_it_says_so() throws Exception {
        try (Served served = new Served(Served.http(Optional.empty()), Limits.USUAL)) {
            served.trigger.join(served.context);
            Served.problem(served.get("/api/v1/runs"), 503, "NOT_READY");
            assertThat(served.get("/observe/health/live").headers().firstValue("Retry-After"))
                    .isPresent();
            served.context.start();
            assertThat(served.get("/api/v1/runs").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void it_goes_with_the_context_even_if_that_has_not_started() throws Exception {
        Served never = new Served(Served.http(Optional.empty()), Limits.USUAL);
        never.trigger.join(never.context);
        never.close();
        nobodyListens(never.port());
        Served served = Served.open();
        served.close();
        nobodyListens(served.port());
    }

    /** Of an engine that does not listen, no route is left that waits for a server. */
    @Test
    void without_the_trigger_there_is_no_route_of_it() throws Exception {
        try (Served served = new Served(Served.http(Optional.empty()), Limits.USUAL)) {
            served.context.start();
            assertThat(served.context.getRoutes())
                    .noneMatch(r -> r.getEndpoint().getEndpointUri().contains("platform-http"));
        }
    }

    @Test
    void it_leaves_no_thread_and_no_file_behind() throws Exception {
        Set<Path> before = temporary();
        Served served = Served.open();
        served.get("/");
        served.post("{}");
        served.close();
        assertThat(temporary()).isEqualTo(before);
        org.awaitility.Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().startsWith("vert.x")));
    }

    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("vertx"))
                    .collect(Collectors.toSet());
        }
    }
}
