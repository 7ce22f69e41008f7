package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.json.EventCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One journal, read onward: each whole line once. A torn line is left until it is whole. Behind an altered line nothing is read, until it has
 * been cut away.
 */
final class Reading {
    /** No line is longer; what is would not fit into the engine's memory either. */
    static final int LONGEST = 8 << 20;

    private final Path file;
    private final String runId;
    /** Where the next line begins. */
    private long at;
    /** Of the last line that was read. */
    private long seq;

    Reading(Path file, String runId) {
        this.file = file;
        this.runId = runId;
    }

    long seq() {
        return seq;
    }

    /** The entries of the lines that have come since, and are not among the first {@code known} bytes. */
    List<Entry> beyond(long known) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long before = seq;
            if (channel.size() < at) { // a line that could not be brought to the disk was taken back
                at = 0;
                seq = 0;
            }
            List<Entry> found = new ArrayList<>();
            while (piece(channel, known, found)) {
                // there may be more
            }
            found.removeIf(entry -> entry.seq() <= before);
            return found;
        }
    }

    /** @return whether there was a line */
    private boolean piece(FileChannel channel, long known, List<Entry> found) throws IOException {
        byte[] bytes = read(channel);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                Optional<Entry> entry = entry(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                if (entry.isEmpty()) {
                    at += begin;
                    return false;
                }
                begin = i + 1;
                seq = entry.get().seq();
                if (at + begin > known) {
                    found.add(entry.get());
                }
            }
        }
        at += begin;
        return begin > 0;
    }

    private Optional<Entry> entry(String line) {
        return EventCodec.entry(line).filter(e -> e.runId().equals(runId));
    }

    private byte[] read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(LONGEST, channel.size() - at));
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // until it is full, or the file has become shorter
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
