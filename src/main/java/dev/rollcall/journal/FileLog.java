package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.disk.Disk;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    /** Where the last whole line ends. */
    private long end;

    FileLog(Path file, String runId, FileChannel channel, long seq, long end) {
        this.file = file;
        this.runId = runId;
        this.channel = channel;
        this.seq = seq;
        this.end = end;
    }

    /** The caller holds the target's lock, so that nobody else is about to write the first line. */
    static FileLog begin(Path file, String runId) {
        try {
            if (isUnbegun(file)) {
                Files.delete(file);
            }
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Disk.OWNER_FILE);
            Disk.sync(file.resolveSibling("."));
            return new FileLog(file, runId, channel, 0, 0);
        } catch (IOException e) {
            throw StateFolder.failed("create", file, e);
        }
    }

    /** It never got a whole line, for want of room or of life; whatever stands behind a line is no such thing. */
    private static boolean isUnbegun(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (byte b : Files.readAllBytes(file)) {
            if (b == '\n') {
                return false;
            }
        }
        return true;
    }

    /**
     * Goes on behind the last whole line. A torn line is cut away; what is damaged is kept beside it, and the log says so. Where nothing can be
     * written, the log is there nevertheless: what stands in it may be all that is needed.
     */
    static RunLog reopen(Path file, String runId, Instant now) {
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            throw StateFolder.failed("write", file, e);
        }
        try {
            return goOn(file, runId, text, now);
        } catch (IOException e) {
            return new LostLog(StateFolder.failed("write", file, e));
        }
    }

    private static RunLog goOn(Path file, String runId, byte[] text, Instant now) throws IOException {
        Lines<Entry> lines = Lines.entries(text, runId);
        boolean damaged = lines.isDamaged(text);
        Path aside = file.resolveSibling(runId + ".damaged");
        if (damaged) {
            keep(lines.rest(text), aside);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLog log = new FileLog(file, runId, channel, lines.whole().size(), lines.length());
        try {
            if (damaged) {
                log.append(now, damage(file, aside));
            }
            return log;
        } catch (JournalException e) {
            log.close();
            return new LostLog(e);
        }
    }

    private static void keep(byte[] rest, Path aside) throws IOException {
        Set<StandardOpenOption> behindWhatIsThere = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(aside, behindWhatIsThere, Disk.OWNER_FILE)) {
            Disk.write(channel, rest);
        }
        Disk.sync(aside.resolveSibling("."));
    }

    private static Event damage(Path file, Path aside) {
        return new Event.Found(Finding.warning(
                "JOURNAL_DAMAGED",
                "tried to go on with " + file + " but a line in it has been altered; what followed is in " + aside
                        + " and counts for nothing",
                "check the disk; look there for what else the run did"));
    }

    /** Either the line is there as a whole and on disk, or the log is as it was. */
    @Override
    public synchronized void append(Instant at, Event event) {
        String line = EventCodec.line(new Entry(seq + 1, at, runId, event)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        try {
            if (channel.size() != end) {
                channel.truncate(end);
            }
            write(bytes);
        } catch (IOException e) {
            throw StateFolder.failed("write", file, e);
        }
        seq++;
        end += length;
    }

    private void write(ByteBuffer bytes) throws IOException {
        long at = end;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
    }

    private void cutBack(IOException because) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            because.addSuppressed(e); // the next append cuts it, or fails as well
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
