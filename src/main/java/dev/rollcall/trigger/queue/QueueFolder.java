package dev.rollcall.trigger.queue;

import dev.rollcall.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code queue/RUN_ID.jsonl}: the requests of a run that waits or is under way, a line each. {@code queue/done/RUN_ID.jsonl}: those of runs that are over, kept as
 * long as their journals, for the keys in them.
 */
final class QueueFolder {
    private static final String END = ".jsonl";
    private static final Set<? extends OpenOption> BEHIND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private final Path waiting;
    private final Path done;

    /** @throws IOException if the folders cannot be made */
    QueueFolder(Path stateDir) throws IOException {
        waiting = stateDir.resolve("queue");
        done = waiting.resolve("done");
        Disk.makeFolder(done);
    }

    /** All lines are on disk when this returns; if it fails, none of them counts. */
    void append(String runId, List<String> lines) throws IOException {
        Path file = file(waiting, runId);
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, BEHIND, Disk.OWNER_FILE)) {
            long end = channel.size();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8));
                long at = end;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                channel.force(false);
            } catch (IOException e) {
                undo(file, channel, end, e);
                throw e;
            }
        }
        if (fresh) {
            Disk.sync(waiting);
        }
    }

    private static void undo(Path file, FileChannel channel, long end, IOException because) {
        try {
            channel.truncate(end);
            if (end == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Requests of runs that are not over, by run id, earliest first. */
    Map<String, List<Voucher>> waiting() throws IOException {
        for (Path file : files(waiting)) {
            cutTornLine(file);
        }
        return read(waiting);
    }

    /** What comes next must begin a line of its own. */
    private static void cutTornLine(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        int end = text.length;
        while (end > 0 && text[end - 1] != '\n') {
            end--;
        }
        if (end < text.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                channel.force(true);
            }
        }
    }

    Map<String, List<Voucher>> done() throws IOException {
        return read(done);
    }

    private static Map<String, List<Voucher>> read(Path folder) throws IOException {
        Map<String, List<Voucher>> all = new TreeMap<>();
        for (Path file : files(folder)) {
            List<Voucher> vouchers = vouchers(Files.readString(file));
            if (!vouchers.isEmpty()) {
                String name = file.getFileName().toString();
                all.put(name.substring(0, name.length() - END.length()), vouchers);
            }
        }
        return all;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().endsWith(END))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A last line without its break is a torn one, and nobody was told that it was accepted. */
    private static List<Voucher> vouchers(String text) {
        List<Voucher> vouchers = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            Optional<Voucher> voucher = Voucher.read(text.substring(begin, end));
            voucher.ifPresent(vouchers::add);
            begin = end + 1;
        }
        return vouchers;
    }

    /** The run is over. */
    void archive(String runId) throws IOException {
        Files.move(file(waiting, runId), file(done, runId), StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(done);
        Disk.sync(waiting);
    }

    void forget(String runId) throws IOException {
        Files.deleteIfExists(file(done, runId));
    }

    private static Path file(Path folder, String runId) {
        return folder.resolve(runId + END);
    }
}
