package dev.rollcall.trigger.events;

import dev.rollcall.core.Entry;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All journals of the state folder. The latest, those under way and those that somebody asks for are looked at every time, the thousands of old
 * ones in turn: a run that ended with the service down can be gone on with after weeks.
 */
final class Tracks {
    static final int LATEST = 32;
    static final int IN_TURN = 16;

    /**
     * Two changes of a folder within a tick of the file system's clock look like one: it is listed for a while after each, and once when that is over,
     * should nobody have come to look meanwhile.
     */
    private static final long UNSETTLED = Duration.ofSeconds(1).toNanos();

    private static final System.Logger LOGGER = System.getLogger(Tracks.class.getName());

    private final Journal journal;
    private final Clock clock;
    private final Path folder;
    private final Map<String, Track> all = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private List<String> names = List.of();
    private @Nullable FileTime changed;
    private long seenChanged;
    private boolean settled = true;
    private int turn;

    Tracks(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.folder = journal.path("x").resolveSibling(".").normalize();
    }

    Optional<Track> of(String runId) {
        return Optional.ofNullable(all.get(runId));
    }

    /** What is there now is history. */
    void begin() {
        hasChanged();
        list(false);
    }

    /** New entries by run; those of one run in their order. A run that is not in place any more has none. */
    Map<String, List<Entry>> look(Set<String> wanted, Set<String> gone) {
        if (hasChanged()) {
            gone.addAll(list(true));
        }
        Map<String, List<Entry>> news = new LinkedHashMap<>();
        for (String runId : due(wanted)) {
            Track track = all.get(runId);
            if (track != null) {
                List<Entry> entries = news(track);
                if (!entries.isEmpty()) {
                    news.put(runId, entries);
                }
            }
        }
        return news;
    }

    private Set<String> due(Set<String> wanted) {
        Set<String> due = new HashSet<>(wanted);
        all.values().stream().filter(Track::isUnderWay).map(Track::runId).forEach(due::add);
        due.addAll(names.subList(0, Math.min(LATEST, names.size())));
        for (int i = 0; i < Math.min(IN_TURN, names.size()); i++) {
            turn = (turn + 1) % names.size();
            due.add(names.get(turn));
        }
        return due;
    }

    private boolean hasChanged() {
        FileTime now = modified();
        if (now != null && !now.equals(changed)) {
            changed = now;
            seenChanged = clock.nanos();
            settled = false;
            return true;
        }
        boolean unsettled = !settled;
        settled |= clock.nanos() - seenChanged >= UNSETTLED;
        return unsettled;
    }

    private @Nullable FileTime modified() {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (NoSuchFileException nothingYet) {
            return null;
        } catch (IOException e) {
            complain(folder.toString(), e.toString());
            return null;
        }
    }

    /** @return what is there no more */
    private Set<String> list(boolean fresh) {
        try {
            names = journal.runs();
            unreadable.remove(folder.toString());
        } catch (Journal.JournalException e) {
            complain(folder.toString(), e.getMessage());
            return Set.of();
        }
        Set<String> gone = new HashSet<>(all.keySet());
        for (String runId : names) {
            if (!gone.remove(runId)) {
                add(runId, fresh);
            }
        }
        gone.forEach(all::remove);
        gone.forEach(unreadable::remove);
        return gone;
    }

    private void add(String runId, boolean fresh) {
        Path file = journal.path(runId);
        try {
            all.put(runId, fresh ? Track.fresh(file, runId) : Track.old(file, runId));
        } catch (NoSuchFileException pruned) {
            all.remove(runId);
        } catch (IOException e) {
            complain(runId, e.toString());
        }
    }

    private List<Entry> news(Track track) {
        try {
            List<Entry> news = track.news();
            unreadable.remove(track.runId());
            return news;
        } catch (NoSuchFileException pruned) {
            return new ArrayList<>(); // the next listing will not have it
        } catch (IOException e) {
            complain(track.runId(), e.toString());
            return new ArrayList<>();
        }
    }

    /** Once for each time that it goes wrong, not four times a second. */
    private void complain(String what, String why) {
        if (unreadable.add(what)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "tried to follow {0} but {1}; its events are sent and shown when it can be read",
                    what,
                    why);
        }
    }
}
