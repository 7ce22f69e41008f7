package dev.rollcall.trigger.events;

import static dev.rollcall.trigger.events.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver takes connections and says nothing: stopping the engine took as long as its patience with it. */
class MuteReceiverTest {
    @TempDir
    private Path folder;

    @Test
    void an_engine_that_stops_does_not_wait_for_its_answer_and_the_next_one_sends_it_all() throws Exception {
        State state = new State(folder.resolve("state"));
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + mute.getLocalPort() + "/");
            Sending engine = Sending.patient(url, state);
            state.write("a", State.requested("default", "http"), UP);
            try (Socket begun = mute.accept()) {
                assertThat(begun.getInputStream().read()).isEqualTo('P');
                assertTimeoutPreemptively(Duration.ofSeconds(30), engine::close);
            }
        }
        try (Receiver receiver = new Receiver(Optional.empty());
                Sending engine = Sending.to(receiver, state, Sending.BEFORE)) {
            assertThat(engine.done()).isTrue();
            assertThat(receiver.names()).containsExactly("a:1", "a:2");
        }
    }
}
