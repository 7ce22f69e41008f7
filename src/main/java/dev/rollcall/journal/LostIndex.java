package dev.rollcall.journal;

import dev.rollcall.core.Event;
import dev.rollcall.disk.Disk;
import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Somebody has removed the index: until the next run has made it again, for looking for runs must not write, the journals themselves are looked through. */
final class LostIndex {
    private static final System.Logger LOGGER = System.getLogger(LostIndex.class.getName());

    private final StateFolder state;
    private final RunFiles files;
    private final UnaryOperator<String> folder;

    /** @param folder the name of a configuration's */
    LostIndex(StateFolder state, RunFiles files, UnaryOperator<String> folder) {
        this.state = state;
        this.files = files;
        this.folder = folder;
    }

    /** What a journal says by itself. */
    private record Begun(String runId, Instant at, Event.Requested asked) {}

    /** The links that a run had, or ones as good. */
    record Numbered(String conf, List<RunLink> links) {}

    /** Their order is that of the clock: nobody has kept another one. */
    Stream<Numbered> numbered() {
        AtomicLong number = new AtomicLong();
        return files.ids().stream()
                .flatMap(id -> begun(id).stream())
                .sorted(Comparator.comparing(Begun::at).thenComparing(Begun::runId))
                .map(run -> new Numbered(
                        run.asked().conf(),
                        RunLink.of(
                                number.incrementAndGet(),
                                run.runId(),
                                run.asked().tokens())));
    }

    private Optional<Begun> begun(String runId) {
        try {
            return files.glance(runId).flatMap(glance -> glance.requested()
                    .map(asked -> new Begun(runId, glance.ends().get(0).at(), asked)));
        } catch (JournalException unreadable) { // then nobody can go on with it either
            return Optional.empty();
        }
    }

    /** Beside its place, then moved there: half an index would hide runs. Another target's run may begin now and do the same. */
    void rebuild(String beginning, Path place) {
        if (files.ids().isEmpty()) {
            return;
        }
        String name = "." + place.getFileName() + "." + beginning;
        Path fresh = state.root().resolve(name);
        try {
            Set<Path> folders = new HashSet<>(Set.of(state.folder(name)));
            for (Numbered run : numbered().toList()) {
                Path made = state.folder(name + "/" + folder.apply(run.conf()));
                RunIndex.link(made, run.links());
                folders.add(made);
            }
            for (Path made : folders) {
                Disk.sync(made);
            }
            putInPlace(fresh, place);
            Disk.sync(state.root());
        } catch (IOException e) {
            throw StateFolder.failed("link", place, e);
        } finally {
            discard(fresh);
        }
    }

    private static void putInPlace(Path fresh, Path place) throws IOException {
        try {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // an atomic move has no exception of its own for a place that is taken
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    /** What is left of it harms nobody; the run must not fail for it. */
    private static void discard(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "tried to remove {0} but {1}", folder, e);
        }
    }
}
