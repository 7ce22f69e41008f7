package dev.rollcall.trigger.http;

import dev.rollcall.trigger.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long a POST takes from its due time to its 202 when 500 come every second and each is flushed to the disk before it is answered: java
 * -cp ... dev.rollcall.trigger.http.AcceptLatency [SECONDS]. A request that is late because the one before it was counts as slow.
 */
final class AcceptLatency {
    private static final int EVERY_SECOND = 500;
    private static final int CLIENTS = 20;

    private final FileChannel journal;
    private final Served served;

    private AcceptLatency(Served served, FileChannel journal) {
        this.served = served;
        this.journal = journal;
        served.intake.says = ask -> written();
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        Path file = Files.createTempFile(Path.of(System.getProperty("user.dir")), "accept", ".jsonl");
        try (Served served = Served.open();
                FileChannel journal = FileChannel.open(file, StandardOpenOption.APPEND)) {
            AcceptLatency load = new AcceptLatency(served, journal);
            load.run(3);
            print(load.run(seconds));
        } finally {
            Files.delete(file);
        }
    }

    private synchronized Answer written() {
        try {
            journal.write(ByteBuffer.wrap(
                    "{\"options\":{\"target\":\"default\"},\"by\":\"http\"}\n".getBytes(StandardCharsets.UTF_8)));
            journal.force(false);
            return FakeIntake.accepted(FakeRuns.RUN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long[] run(int seconds) throws Exception {
        int each = EVERY_SECOND * seconds / CLIENTS;
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
        long[][] took = new long[CLIENTS][];
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            Thread thread = new Thread(() -> took[number] = client(number, each, start));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Arrays.stream(took).flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private long[] client(int number, int each, long start) {
        long[] took = new long[each];
        byte[] request =
                ("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                                + "{\"target\":\"default\"}")
                        .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = served.raw("")) {
            socket.setTcpNoDelay(true);
            byte[] answer = new byte[4096];
            for (int i = 0; i < each; i++) {
                long due = start + TimeUnit.SECONDS.toNanos(1) * ((long) i * CLIENTS + number) / EVERY_SECOND;
                while (System.nanoTime() < due) {
                    java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                }
                socket.getOutputStream().write(request);
                accepted(socket.getInputStream(), answer);
                took[i] = System.nanoTime() - due;
            }
            return took;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void accepted(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        String text = "";
        while (!text.endsWith("}")) {
            int read = in.read(buffer, length, buffer.length - length);
            length += read;
            text = new String(buffer, 0, length, StandardCharsets.US_ASCII);
        }
        if (!text.startsWith("HTTP/1.1 202")) {
            throw new IOException(text);
        }
    }

    private static void print(long[] took) {
        for (double share : new double[] {0.5, 0.9, 0.99, 0.999}) {
            System.out.printf("p%-5s %6.2f ms%n", share * 100, took[(int) (took.length * share)] / 1e6);
        }
        System.out.printf("max    %6.2f ms of %d requests%n", took[took.length - 1] / 1e6, took.length);
    }
}
