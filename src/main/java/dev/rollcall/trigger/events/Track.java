package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tail knows of one run: how long its journal was, and once it has grown, how far it has been read. */
final class Track {
    private final Path file;
    private final String runId;
    /** What was there before the tail. */
    private final long known;

    private long size;
    private @Nullable FileTime changed;
    private @Nullable Reading reading;
    private boolean ended;

    private Track(Path file, String runId, long known) {
        this.file = file;
        this.runId = runId;
        this.known = known;
    }

    /** A run that began after the tail did: everything in it is new. */
    static Track fresh(Path file, String runId) {
        Track track = new Track(file, runId, 0);
        track.reading = new Reading(file, runId);
        return track;
    }

    /** A run that was there before: only what is added is new. */
    static Track old(Path file, String runId) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Track track = new Track(file, runId, now.size());
        track.remember(now);
        return track;
    }

    private void remember(BasicFileAttributes now) {
        size = now.size();
        changed = now.lastModifiedTime();
    }

    String runId() {
        return runId;
    }

    /** It has grown under our eyes, so that {@link #seq} and {@link #isOver} are known. */
    boolean isRead() {
        return reading != null && reading.seq() > 0;
    }

    long seq() {
        return reading == null ? 0 : reading.seq();
    }

    boolean isOver() {
        return ended;
    }

    /** It is read, and not at its end: something may come at any time. */
    boolean isUnderWay() {
        return reading != null && !ended;
    }

    /** What has come since the last look. One look at the file's attributes if nothing has. */
    List<Entry> news() throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() == size && now.lastModifiedTime().equals(changed)) {
            return List.of();
        }
        if (reading == null) {
            reading = new Reading(file, runId);
        }
        List<Entry> news = reading.beyond(known);
        remember(now);
        if (!news.isEmpty()) {
            ended = news.get(news.size() - 1).event() instanceof Event.RunEnded;
        }
        return news;
    }
}
