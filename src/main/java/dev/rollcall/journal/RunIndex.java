package dev.rollcall.journal;

import dev.rollcall.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which runs a configuration has had on this host, without reading them: {@code by-conf/HOST_CONF/NUMBER-RUN_ID} or {@code NUMBER-RUN_ID@TOKEN}, a symbolic
 * link to the journal so that a person can read it there too. Numbers go up with every run that begins, whatever the clock says. A link is made before the
 * journal, so no journal is ever missed; one that leads nowhere counts for nothing.
 */
final class RunIndex {
    private static final String FOLDER = "by-conf";
    /** A path may lead to a file of its own at one time and be a link at another. */
    private static final String BY_LINK = "link ";

    private final StateFolder state;
    private final RunFiles files;
    private final String hostId;
    private final LostIndex lost;

    RunIndex(StateFolder state, RunFiles files, String hostId) {
        this.state = state;
        this.files = files;
        this.hostId = hostId;
        this.lost = new LostIndex(state, files, this::name);
    }

    /** It is on disk when this returns. */
    void add(String runId, List<String> confs, List<String> tokens) {
        if (!Files.exists(state.root().resolve(FOLDER))) {
            lost.rebuild(runId, state.root().resolve(FOLDER));
        }
        try {
            long number = next();
            add(confs.get(0), RunLink.of(number, runId, tokens));
            for (String link : confs.subList(1, confs.size())) {
                add(BY_LINK + link, RunLink.of(number, runId, List.of()));
            }
        } catch (IOException e) {
            throw StateFolder.failed("link", state.root().resolve(FOLDER), e);
        }
    }

    private void add(String conf, List<RunLink> links) throws IOException {
        Path folder = state.folder(FOLDER + "/" + name(conf));
        sweep(folder, links.get(0).runId());
        link(folder, links);
        Disk.sync(folder);
    }

    private long next() {
        Path all = state.root().resolve(FOLDER);
        return 1
                + names(all)
                        .flatMap(folder -> names(all.resolve(folder)))
                        .flatMap(name -> RunLink.of(name).stream())
                        .mapToLong(RunLink::number)
                        .max()
                        .orElse(0);
    }

    private String name(String conf) {
        return Digest.of(hostId + "\n" + conf);
    }

    /** Latest first. */
    List<String> of(List<String> confs) {
        Set<String> journals = new HashSet<>(files.ids());
        return latestFirst(confs)
                .map(RunLink::runId)
                .filter(journals::contains)
                .distinct()
                .toList();
    }

    /** Latest first. */
    List<String> byLink(String link) {
        return of(List.of(BY_LINK + link));
    }

    /** Latest first. Of ten thousand runs few have the same token, so the journals of those are looked for one by one. */
    List<String> with(List<String> confs, String token) {
        String digest = Digest.of(token);
        return latestFirst(confs)
                .filter(link -> link.token().equals(digest))
                .map(RunLink::runId)
                .filter(id -> !StateFolder.isMissing(files.path(id)))
                .distinct()
                .toList();
    }

    private Stream<RunLink> latestFirst(List<String> confs) {
        Stream<RunLink> links = StateFolder.isMissing(state.root().resolve(FOLDER))
                ? lost.numbered().filter(run -> confs.contains(run.conf())).flatMap(run -> run.links().stream())
                : confs.stream().flatMap(conf -> links(folder(conf)));
        return links.sorted(RunLink.LATEST_FIRST);
    }

    /** By all paths that they were asked for by. */
    void remove(Set<String> runIds) throws IOException {
        Path all = state.root().resolve(FOLDER);
        for (String folder : runIds.isEmpty() ? List.<String>of() : names(all).toList()) {
            discard(all.resolve(folder), link -> runIds.contains(link.runId()));
        }
    }

    /** Links that lead nowhere go: whoever begins a run holds its configuration's lock, so that none is about to lead somewhere. So do those of a try before. */
    private void sweep(Path folder, String beginning) throws IOException {
        Set<String> journals = new HashSet<>(files.ids());
        discard(folder, link -> link.runId().equals(beginning) || !journals.contains(link.runId()));
    }

    private static void discard(Path folder, Predicate<RunLink> which) throws IOException {
        for (RunLink link : links(folder).filter(which).toList()) {
            Files.deleteIfExists(folder.resolve(link.name()));
        }
    }

    private Path folder(String conf) {
        return state.root().resolve(FOLDER).resolve(name(conf));
    }

    private static Stream<RunLink> links(Path folder) {
        return names(folder).flatMap(name -> RunLink.of(name).stream());
    }

    private static Stream<String> names(Path folder) {
        String[] names = folder.toFile().list();
        if (names == null && !StateFolder.isMissing(folder)) {
            throw StateFolder.failed("list", folder, new IOException("it is no folder that may be read"));
        }
        return names == null ? Stream.empty() : Arrays.stream(names);
    }

    static void link(Path folder, List<RunLink> links) throws IOException {
        for (RunLink link : links) {
            Files.createSymbolicLink(
                    folder.resolve(link.name()), Path.of("../../" + RunFiles.FOLDER, link.runId() + RunFiles.END));
        }
    }
}
