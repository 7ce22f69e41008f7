package dev.rollcall.arena;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Redis on a free loopback port. */
public final class Redis {
    private final Process process;
    private final int port;
    private final String password;

    private Redis(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** A port that was free a moment ago may be somebody else's now: then the next one. */
    static Redis start(Path folder, String marker, String password) throws IOException {
        Redis redis = begin(folder, marker, password);
        for (int again = 0; again < 3 && !redis.process.isAlive(); again++) {
            redis = begin(folder, marker, password);
        }
        if (!redis.process.isAlive()) {
            throw new IOException("Redis did not start: " + Files.readString(folder.resolve("redis.log")));
        }
        return redis;
    }

    /** Until it is ready or has ended. */
    private static Redis begin(Path folder, String marker, String password) throws IOException {
        int port = freePort();
        Path conf = folder.resolve("redis.conf");
        // A title of its own would overwrite the environment, and with it the arena's marker.
        Files.writeString(
                conf,
                "bind 127.0.0.1\nport " + port + "\nset-proc-title no\nsave \"\"\nappendonly no\ndir " + folder + "\n"
                        + (password.isEmpty() ? "" : "requirepass " + password + "\n"));
        Path log = folder.resolve("redis.log");
        ProcessBuilder builder = new ProcessBuilder("redis-server", conf.toString()).redirectErrorStream(true);
        builder.environment().put(Arena.MARKER, marker);
        Process process = builder.redirectOutput(log.toFile()).start();
        await("Redis is ready")
                .atMost(Arena.PATIENCE)
                .until(() -> !process.isAlive() || Files.readString(log).contains("Ready to accept connections"));
        return new Redis(process, port, password);
    }

    /** As the application writes it down. */
    String url() {
        return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + "127.0.0.1:" + port + "/0";
    }

    int port() {
        return port;
    }

    public Proc proc() {
        return Proc.read(process.pid()).orElseThrow();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
