package dev.rollcall.trigger.inbox;

import dev.rollcall.core.Result;
import dev.rollcall.disk.Disk;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** {@code done} and {@code failed} in the inbox: what was dropped, under its own name and the id of its run, and beside it what came of it. */
final class Shelf {
    private static final int LONGEST_NAME = 255;
    private static final String RESULT = ".result.json";

    private final Path done;
    private final Path failed;

    Shelf(Path inbox) {
        done = inbox.resolve("done");
        failed = inbox.resolve("failed");
    }

    /** Makes both folders. @throws IOException if they cannot be made, or lie on another file system than the inbox */
    void open() throws IOException {
        for (Path folder : Set.of(done, failed)) {
            Files.createDirectories(folder);
            Path inbox = folder.resolveSibling(".");
            if (!Files.getFileStore(folder).equals(Files.getFileStore(inbox))) {
                throw new IOException(folder + " lies on another file system than the inbox");
            }
        }
    }

    /**
     * The result first: a request that has left the inbox always has one.
     *
     * @param id of the run; of something else that is not used twice if there was none
     */
    void put(Drop drop, String id, boolean succeeded, Result result) throws IOException {
        Path folder = succeeded ? done : failed;
        String name = name(drop, id);
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder); // somebody has tidied up; an inbox that is gone is not made
        }
        Disk.replace(folder.resolve(name + RESULT), Json.pretty(result) + "\n");
        try {
            Files.move(drop.path(), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException somebodyHasTakenItAway) {
            return;
        }
        Disk.sync(folder);
        Disk.sync(folder.resolveSibling("."));
    }

    private static String name(Drop drop, String id) {
        String end = "." + id;
        int most = LONGEST_NAME - end.length() - RESULT.length();
        String name = drop.name();
        while (name.getBytes(StandardCharsets.UTF_8).length > most) {
            name = name.substring(0, name.length() - 1);
        }
        return name + end;
    }
}
