package dev.rollcall.trigger.timer;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rollcall.disk.Disk;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code STATE/timers}: a file for each timer, replaced as a whole. */
final class TimerFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TimerFolder.class);

    private final Path folder;

    TimerFolder(Path stateDir) {
        folder = stateDir.resolve("timers");
    }

    /** Makes it, and forgets timers that are not in the configuration any more: if one comes back, it is a new one. */
    void open(Set<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (names.isEmpty()) {
                return;
            }
            Disk.makeFolder(folder);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!names.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Nothing if there is none, or none that can be understood: then the timer is a new one. */
    Optional<Dealt> read(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            Dealt read = Json.MAPPER.readValue(Files.readString(file), Dealt.class);
            if (read != null && read.cron() != null && read.zone() != null && read.until() != null) {
                return Optional.of(read);
            }
            LOG.warn("{} is not whole; timer {} begins anew and does not fire for the past", file, name);
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be understood; timer {} begins anew and does not fire for the past", file, name);
        }
        return Optional.empty();
    }

    /** By a new file and a rename, both brought to the disk: a crash leaves the old text or the new one. */
    void write(String name, Dealt dealt) throws IOException {
        Disk.replace(folder.resolve(name), Json.pretty(dealt), Disk.OWNER_FILE);
    }
}
