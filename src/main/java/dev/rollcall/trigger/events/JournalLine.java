package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.json.EventCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One whole line of a journal; the others stay on disk, however many there are.
 *
 * @param end where the next line begins
 */
record JournalLine(Entry entry, long end) {
    private static final int USUAL = 16 << 10;

    /** The line that begins there; nothing if there is none yet, or it is torn or altered. */
    static Optional<JournalLine> read(Path file, String runId, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            for (int size = USUAL; size <= Reading.LONGEST; size <<= 1) {
                ByteBuffer bytes = read(channel, at, size);
                int length = length(bytes);
                if (length >= 0) {
                    String line = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
                    return EventCodec.entry(line)
                            .filter(e -> e.runId().equals(runId))
                            .map(e -> new JournalLine(e, at + length + 1));
                }
                if (bytes.position() < size) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // until it is full, or the file ends
        }
        return bytes;
    }

    private static int length(ByteBuffer bytes) {
        for (int i = 0; i < bytes.position(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
