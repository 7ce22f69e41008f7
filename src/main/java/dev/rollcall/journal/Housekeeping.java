package dev.rollcall.journal;

import dev.rollcall.core.Event;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Retention.Past;
import dev.rollcall.core.Service;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Removes the journals that {@link Retention} gives up, and their links; looks at each thing once. */
final class Housekeeping {
    /** A restart must not wait for ten thousand old files; the next one goes on. */
    static final int AT_ONCE = 200;

    private static final System.Logger LOGGER = System.getLogger(Housekeeping.class.getName());

    private final RunFiles files;
    private final RunIndex index;
    private final Retention retention;
    private final Function<Path, Optional<Holder>> holder;
    private final Map<String, List<String>> oldestFirst = new HashMap<>();
    private final Map<String, Optional<Holder>> holders = new HashMap<>();

    Housekeeping(RunFiles files, RunIndex index, Retention retention, Function<Path, Optional<Holder>> holder) {
        this.files = files;
        this.index = index;
        this.retention = retention;
        this.holder = holder;
    }

    /** Oldest first. Whatever is wrong here, the run that has just ended has ended well or badly without it. */
    void tidy(Instant now) {
        try {
            tidyAll(now);
        } catch (JournalException e) {
            LOGGER.log(System.Logger.Level.WARNING, "tried to look for old journals but {0}", e.getMessage());
        }
    }

    private void tidyAll(Instant now) {
        Set<String> gone = new HashSet<>();
        removeOldest(now, gone);
        try {
            // links without their journals count for nothing, a journal without its link would not be found
            index.remove(gone);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "tried to remove the links of old journals but {0}", e);
        }
    }

    private void removeOldest(Instant now, Set<String> gone) {
        List<String> ids = new ArrayList<>(files.ids());
        Collections.reverse(ids);
        for (int i = 0; i < ids.size() && gone.size() < AT_ONCE; i++) {
            int newer = ids.size() - 1 - i;
            try {
                if (!retention.isSurplus(newer, written(ids.get(i)), now)) {
                    return;
                }
                if (removed(ids.get(i), newer)) {
                    gone.add(ids.get(i));
                }
            } catch (IOException | JournalException e) {
                LOGGER.log(System.Logger.Level.WARNING, "tried to remove journal {0} but {1}", ids.get(i), e);
            }
        }
    }

    private Instant written(String runId) throws IOException {
        return Files.getLastModifiedTime(files.path(runId)).toInstant();
    }

    private boolean removed(String runId, int newer) throws IOException {
        Optional<Glance> glance = files.glance(runId);
        if (glance.filter(g -> g.ends().isEmpty() && !g.damaged()).isPresent()) {
            // cut off before its first line was on disk: its link is swept up by the next run
            return Files.deleteIfExists(files.path(runId));
        }
        Optional<Event.Requested> requested = glance.flatMap(Glance::requested);
        if (requested.isEmpty() || !goes(runId, requested.get().conf(), newer)) {
            return false;
        }
        Files.deleteIfExists(files.path(runId));
        Files.deleteIfExists(files.path(runId).resolveSibling(runId + ".damaged"));
        return true;
    }

    private boolean goes(String runId, String conf, int newer) {
        List<String> all = oldestFirst.computeIfAbsent(conf, this::runs);
        int at = all.indexOf(runId);
        // another host may see the same folder: what that still needs, it knows
        return at >= 0
                && judge(runId, conf, newer, all.subList(at + 1, all.size())).goes();
    }

    private Retention.Reason judge(String runId, String conf, int newer, List<String> later) {
        return retention.judge(past(runId, conf), newer, () -> later.stream()
                .map(id -> past(id, conf))
                .iterator());
    }

    private List<String> runs(String conf) {
        List<String> runs = new ArrayList<>(index.of(List.of(conf)));
        Collections.reverse(runs);
        return runs;
    }

    private Past past(String runId, String conf) {
        Glance glance = files.glance(runId).orElseThrow(() -> new JournalException(runId + " has gone meanwhile"));
        Optional<Event.RunEnded> end = glance.ended().filter(e -> glance.whole());
        return new Past(
                holders.computeIfAbsent(conf, c -> holder.apply(Path.of(c)))
                        .filter(h -> h.runId().equals(runId))
                        .isPresent(),
                end.isPresent(),
                end.map(Event.RunEnded::changed).orElse(false),
                glance.rolled(),
                end.map(Event.RunEnded::service).orElse(Service.UNKNOWN));
    }
}
