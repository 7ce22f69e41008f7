package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.Journal.Glance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The journals, a file a run: the only truth about runs. */
final class RunFiles {
    static final String FOLDER = "runs";
    static final String END = ".jsonl";

    private final StateFolder state;

    RunFiles(StateFolder state) {
        this.state = state;
    }

    Path path(String runId) {
        return state.root().resolve(FOLDER).resolve(runId + END).normalize();
    }

    /** Latest first, by name: to look at ten thousand files takes longer than a restart may. */
    List<String> ids() {
        String[] names = state.root().resolve(FOLDER).toFile().list();
        if (names != null) {
            return Arrays.stream(names)
                    .filter(name -> name.endsWith(END))
                    .map(name -> name.substring(0, name.length() - END.length()))
                    .filter(RunFiles::isRunId)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        if (StateFolder.isMissing(state.root().resolve(FOLDER))) {
            return List.of();
        }
        throw StateFolder.failed(
                "list", state.root().resolve(FOLDER), new IOException("it is no folder that may be read"));
    }

    /** By hand: to match a pattern ten thousand times takes longer than to read the folder and to sort it. */
    private static boolean isRunId(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && (i == 0 || c != '-' && c != '_')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    Optional<List<Entry>> read(String runId) {
        return text(runId).map(text -> Lines.entries(text, runId).whole());
    }

    Optional<Glance> glance(String runId) {
        return text(runId).map(text -> {
            Lines<String> lines = Lines.checked(text, runId);
            List<String> whole = lines.whole();
            List<Entry> ends = new ArrayList<>();
            if (!whole.isEmpty()) {
                EventCodec.entry(whole.get(0)).ifPresent(ends::add);
            }
            if (whole.size() > 1) {
                EventCodec.entry(whole.get(whole.size() - 1)).ifPresent(ends::add);
            }
            boolean rolled = whole.stream().anyMatch(line -> line.contains("\"type\":\"roll_taken\""));
            return new Glance(ends, rolled, lines.length() == text.length, lines.isDamaged(text));
        });
    }

    /** Nothing if there is no such file; a name that leads out of the folder is none either. */
    private Optional<byte[]> text(String runId) {
        Path file = path(runId);
        if (!state.root().resolve(FOLDER).equals(file.getParent()) || Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFolder.failed("read", file, e);
        }
    }
}
