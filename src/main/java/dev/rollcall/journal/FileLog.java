package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;

/** Appends lines and brings them to the disk before it returns. */
final class FileLog extends RunLog {
    private final Path file;
    private final String runId;
    private final FileChannel channel;
    private long seq;

    private FileLog(Path file, String runId, FileChannel channel) {
        this.file = file;
        this.runId = runId;
        this.channel = channel;
    }

    static FileLog open(Path file, String runId) {
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), StateFolder.OWNER_FILE);
            return new FileLog(file, runId, channel);
        } catch (IOException e) {
            throw StateFolder.failed("create", file, e);
        }
    }

    /** Goes on after the last whole line; what is torn behind it is cut away. */
    static FileLog reopen(Path file, String runId, int wholeLines) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            long length = end(Files.readAllBytes(file), wholeLines);
            channel.truncate(length);
            channel.position(length);
            FileLog log = new FileLog(file, runId, channel);
            log.seq = wholeLines;
            return log;
        } catch (IOException e) {
            throw StateFolder.failed("write", file, e);
        }
    }

    private static long end(byte[] text, int lines) {
        int at = 0;
        for (int seen = 0; seen < lines; at++) {
            seen += text[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    @Override
    public synchronized void append(Instant at, Event event) {
        String line = EventCodec.line(new Entry(seq + 1, at, runId, event)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            long before = channel.position();
            writeWhole(bytes, before);
            channel.force(false);
            seq++;
        } catch (IOException e) {
            throw StateFolder.failed("write", file, e);
        }
    }

    /** Half a line would make everything after it unreadable. */
    private void writeWhole(ByteBuffer bytes, long before) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(before);
            channel.position(before);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StateFolder.failed("close", file, e);
        }
    }
}
