package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
        int port = freePort();
        Path conf = folder.resolve("redis.conf");
        // A title of its own would overwrite the environment, and with it the arena's marker.
        Files.writeString(
                conf,
                "bind 127.0.0.1\nport " + port + "\nset-proc-title no\nsave \"\"\nappendonly no\ndir " + folder + "\n"
                        + (password.isEmpty() ? "" : "requirepass " + password + "\n"));
        File log = folder.resolve("redis.log").toFile();
        ProcessBuilder builder = new ProcessBuilder("redis-server", conf.toString()).redirectErrorStream(true);
        builder.environment().put(Arena.MARKER, marker);
        Redis redis = new Redis(builder.redirectOutput(log).start(), port, password);
        await("Redis answers").atMost(Arena.PATIENCE).until(redis::answers);
        if (!redis.process.isAlive()) {
            throw new IOException("another server answers on port " + port + ": " + Files.readString(log.toPath()));
        }
        return redis;
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

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
