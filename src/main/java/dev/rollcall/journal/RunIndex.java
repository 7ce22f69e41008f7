package dev.rollcall.journal;

import dev.rollcall.core.Event;
import dev.rollcall.disk.Disk;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which runs a configuration has had, without reading them: {@code by-conf/CONF/RUN_ID} or {@code RUN_ID@TOKEN}, a symbolic link to the journal so that
 * a person can read it there too. It is made before the journal, so no journal is ever missed; one that leads nowhere counts for nothing.
 */
final class RunIndex {
    private static final System.Logger LOGGER = System.getLogger(RunIndex.class.getName());
    private static final String FOLDER = "by-conf";
    private static final String TOKEN = "@";

    private final StateFolder state;
    private final RunFiles files;

    RunIndex(StateFolder state, RunFiles files) {
        this.state = state;
        this.files = files;
    }

    /** It is on disk when this returns. */
    void add(String runId, String conf, List<String> tokens) {
        if (!Files.exists(state.root().resolve(FOLDER))) {
            rebuild(runId);
        }
        Path folder = state.folder(FOLDER + "/" + Digest.of(conf));
        try {
            sweep(folder);
            link(folder, runId, tokens);
            Disk.sync(folder);
        } catch (IOException e) {
            throw StateFolder.failed("link", folder.resolve(runId), e);
        }
    }

    /** Latest first. */
    List<String> of(String conf) {
        Set<String> journals = new HashSet<>(files.ids());
        return latestFirst(conf)
                .map(RunIndex::runId)
                .filter(journals::contains)
                .distinct()
                .toList();
    }

    /** Latest first. Of ten thousand runs few have the same token, so the journals of those are looked for one by one. */
    List<String> with(String conf, String token) {
        String end = TOKEN + Digest.of(token);
        return latestFirst(conf)
                .filter(name -> name.endsWith(end))
                .map(RunIndex::runId)
                .filter(id -> !StateFolder.isMissing(files.path(id)))
                .toList();
    }

    private static String runId(String name) {
        return name.split(TOKEN, 2)[0];
    }

    private Stream<String> latestFirst(String conf) {
        return StateFolder.isMissing(state.root().resolve(FOLDER))
                ? unindexed(conf)
                : names(folder(conf)).sorted(Comparator.reverseOrder());
    }

    /** Somebody has removed the index; looking for runs must not write it. */
    private Stream<String> unindexed(String conf) {
        return files.ids().stream().flatMap(id -> requested(id)
                .filter(r -> r.conf().equals(conf))
                .map(r -> names(id, r.tokens()))
                .orElse(Stream.empty()));
    }

    private Optional<Event.Requested> requested(String runId) {
        try {
            return files.glance(runId).flatMap(Glance::requested);
        } catch (JournalException unreadable) { // then nobody can go on with it either
            return Optional.empty();
        }
    }

    void remove(String runId, String conf, List<String> tokens) throws IOException {
        for (String name : names(runId, tokens).toList()) {
            Files.deleteIfExists(folder(conf).resolve(name));
        }
    }

    /** Links that lead nowhere go: whoever begins a run holds its configuration's lock, so that none is about to lead somewhere. */
    private void sweep(Path folder) throws IOException {
        Set<String> journals = new HashSet<>(files.ids());
        for (String name : names(folder).toList()) {
            if (!journals.contains(runId(name))) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private Path folder(String conf) {
        return state.root().resolve(FOLDER).resolve(Digest.of(conf));
    }

    private static Stream<String> names(Path folder) {
        String[] names = folder.toFile().list();
        if (names == null && !StateFolder.isMissing(folder)) {
            throw StateFolder.failed("list", folder, new IOException("it is no folder that may be read"));
        }
        return names == null ? Stream.empty() : Arrays.stream(names);
    }

    /** One a token; one without if there is none. */
    private static Stream<String> names(String runId, List<String> tokens) {
        return tokens.isEmpty() ? Stream.of(runId) : tokens.stream().map(token -> runId + TOKEN + Digest.of(token));
    }

    private static void link(Path folder, String runId, List<String> tokens) throws IOException {
        for (String name : names(runId, tokens).toList()) {
            Path link = folder.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("../../" + RunFiles.FOLDER, runId + RunFiles.END));
            }
        }
    }

    /** Beside its place, then moved there: half an index would hide runs. Another target's run may begin now and do the same. */
    private void rebuild(String beginning) {
        if (files.ids().isEmpty()) {
            return;
        }
        String name = "." + FOLDER + "." + beginning;
        Path fresh = state.root().resolve(name);
        try {
            Set<Path> folders = new HashSet<>(Set.of(state.folder(name)));
            for (String id : files.ids()) {
                Optional<Event.Requested> requested = requested(id);
                if (requested.isPresent()) {
                    Path folder =
                            state.folder(name + "/" + Digest.of(requested.get().conf()));
                    link(folder, id, requested.get().tokens());
                    folders.add(folder);
                }
            }
            for (Path folder : folders) {
                Disk.sync(folder);
            }
            putInPlace(fresh);
            Disk.sync(state.root());
        } catch (IOException e) {
            throw StateFolder.failed("link", state.root().resolve(FOLDER), e);
        } finally {
            discard(fresh);
        }
    }

    private void putInPlace(Path fresh) throws IOException {
        Path place = state.root().resolve(FOLDER);
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
