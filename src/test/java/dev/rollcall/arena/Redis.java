package dev.rollcall.arena;

import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import java.io.IOException;
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

    static Redis start(Path folder, String marker, String password) throws IOException {
        try (HeldPort port = new HeldPort()) {
            return start(folder, marker, password, port.number());
        }
    }

    private static Redis start(Path folder, String marker, String password, int port) throws IOException {
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
        if (!process.isAlive()) {
            throw new IOException("Redis did not start: " + Files.readString(log));
        }
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
}
