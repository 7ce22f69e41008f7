package dev.rollcall.trigger.events;

import dev.rollcall.disk.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far events have been delivered: {@code outbox/RUN_ID} holds the number of the last one of a run, {@code settled.txt} the runs that are
 * delivered to their end, {@code since.txt} from when on events count. What is to be sent stands in the journals and nowhere else.
 */
final class OutboxFolder {
    /** @param size of the journal then: one that has grown since has more to send */
    record Settled(long seq, long size) {}

    private final Path folder;

    OutboxFolder(Path state) {
        this.folder = state.resolve("outbox");
    }

    /** When the webhook was switched on; now, if that is now. */
    Instant since(Instant now) throws IOException {
        Disk.makeFolder(folder);
        Path file = folder.resolve("since.txt");
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (NoSuchFileException | DateTimeParseException notYet) {
            Disk.replace(file, now.toString(), Disk.OWNER_FILE);
            return now;
        }
    }

    /** The webhook is off: when it is switched on again, what was written until then is history. */
    void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("since.txt"));
        Files.deleteIfExists(folder.resolve("settled.txt"));
        for (String runId : begun()) {
            Files.deleteIfExists(folder.resolve(runId));
        }
    }

    /** Runs of which something, but not everything, has been delivered. */
    List<String> begun() throws IOException {
        List<String> runs = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (!name.contains(".")) {
                    runs.add(name);
                }
            }
        } catch (NoSuchFileException neverOn) {
            return runs;
        }
        return runs;
    }

    /** The last event that was delivered. A cursor that cannot be read is none: better twice than never. */
    OptionalLong cursor(String runId) throws IOException {
        try {
            return OptionalLong.of(
                    Long.parseLong(Files.readString(folder.resolve(runId)).strip()));
        } catch (NoSuchFileException none) {
            return OptionalLong.empty();
        } catch (NumberFormatException damaged) {
            return OptionalLong.of(0);
        }
    }

    void delivered(String runId, long seq) throws IOException {
        Disk.replace(folder.resolve(runId), Long.toString(seq), Disk.OWNER_FILE);
    }

    void remove(String runId) throws IOException {
        Files.deleteIfExists(folder.resolve(runId));
    }

    /** The line is on disk before the cursor goes. */
    void settle(String runId, Settled how) throws IOException {
        Set<OpenOption> behind = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(folder.resolve("settled.txt"), behind, Disk.OWNER_FILE)) {
            Disk.write(channel, line(runId, how).getBytes(StandardCharsets.UTF_8));
        }
        remove(runId);
    }

    /** The last word about each run counts. Lines of runs whose journals are gone are dropped for good. */
    Map<String, Settled> settled(Collection<String> runs) throws IOException {
        Path file = folder.resolve("settled.txt");
        if (!Files.exists(file)) {
            return new HashMap<>();
        }
        Map<String, Settled> settled = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            if (line.matches("\\S+ \\d{1,18} \\d{1,18} \\.")) { // the point at its end: it is not torn
                settled.put(words[0], new Settled(Long.parseLong(words[1]), Long.parseLong(words[2])));
            }
        }
        settled.keySet().retainAll(Set.copyOf(runs));
        String lines = settled.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .collect(Collectors.joining());
        Disk.replace(file, lines, Disk.OWNER_FILE);
        return settled;
    }

    private static String line(String runId, Settled how) {
        return runId + " " + how.seq() + " " + how.size() + " .\n";
    }

    /** An event that is parked again after a crash takes the same place. */
    Path park(String runId, long seq, String document) throws IOException {
        Path place = folder.resolve("parked");
        Disk.makeFolder(place);
        Path file = place.resolve(runId + "." + seq + ".json");
        Disk.replace(file, document, Disk.OWNER_FILE);
        return file;
    }

    /** Oldest first. */
    List<Path> parked() throws IOException {
        List<Path> parked = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve("parked"), "*.json")) {
            all.forEach(parked::add);
        } catch (NoSuchFileException none) {
            return parked;
        }
        parked.sort(Comparator.comparing(Path::getFileName));
        return parked;
    }
}
