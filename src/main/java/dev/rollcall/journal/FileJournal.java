package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The journal as files below a state folder that only its owner may enter. */
public final class FileJournal implements Journal {
    private static final String SUFFIX = ".jsonl";

    private final StateFolder state;

    /** @param root made when something is written, not before */
    public FileJournal(Path root) {
        this.state = new StateFolder(root);
    }

    @Override
    public Lock lock(Path conf, Holder me) {
        return new KernelLock(state).take(conf, me);
    }

    @Override
    public Optional<Holder> holder(Path conf) {
        return new KernelLock(state).holder(conf);
    }

    @Override
    public RunLog begin(String runId, String conf, Optional<String> token) {
        return FileLog.open(state.file("runs", runId + SUFFIX), runId);
    }

    @Override
    public RunLog reopen(String runId) {
        int lines = read(runId).map(List::size).orElse(0);
        return FileLog.reopen(path(runId), runId, lines);
    }

    @Override
    public List<String> runsOf(String conf) {
        return runs().stream()
                .filter(id -> requested(id).filter(r -> r.conf().equals(conf)).isPresent())
                .toList();
    }

    @Override
    public List<String> runsWith(String conf, String token) {
        return runsOf(conf).stream()
                .filter(id -> requested(id)
                        .filter(r -> token.equals(r.options().token()))
                        .isPresent())
                .toList();
    }

    private Optional<Event.Requested> requested(String runId) {
        return read(runId).stream()
                .flatMap(List::stream)
                .map(Entry::event)
                .filter(Event.Requested.class::isInstance)
                .map(Event.Requested.class::cast)
                .findFirst();
    }

    @Override
    public List<String> runs() {
        Path folder = state.root().resolve("runs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw StateFolder.failed("list", folder, e);
        }
    }

    @Override
    public Optional<List<Entry>> read(String runId) {
        Path file = path(runId);
        if (!state.root().resolve("runs").equals(file.getParent())) {
            return Optional.empty();
        }
        try {
            // not readString: bytes that are no text make a line an altered one, and its run must be readable still
            return Optional.of(wholeLines(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), runId));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFolder.failed("read", file, e);
        }
    }

    /** Up to the first line that is torn or altered: what follows it cannot be trusted. */
    private static List<Entry> wholeLines(String text, String runId) {
        List<Entry> entries = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            Optional<Entry> entry = EventCodec.entry(text.substring(from, end))
                    .filter(e -> e.runId().equals(runId));
            if (entry.isEmpty()) {
                break;
            }
            entries.add(entry.get());
            from = end + 1;
        }
        return entries;
    }

    @Override
    public Path path(String runId) {
        return state.root().resolve("runs").resolve(runId + SUFFIX).normalize();
    }

    @Override
    public Path writePids(Optional<Path> to, String target, List<Long> pids) {
        Path file = to.orElseGet(() -> state.file("pids", target + ".txt"));
        String text = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        state.replace(file, text.isEmpty() ? "" : text + "\n");
        return file;
    }

    @Override
    public Path errors(String target) {
        return state.file("start", target + ".err");
    }
}
