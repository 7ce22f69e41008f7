package dev.rollcall.journal;

import dev.rollcall.disk.Disk;
import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Folders with mode 0700, files with mode 0600, files replaced as a whole. */
final class StateFolder {
    private static final String OTHER_FOLDER = "name another place with --state-dir";

    private final Path root;

    StateFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    /** A file in a subfolder, which is made if need be. */
    Path file(String folder, String name) {
        return folder(folder).resolve(name);
    }

    /** A subfolder, which is made if need be and is on disk then. */
    Path folder(String name) {
        Path folder = root.resolve(name);
        try {
            Disk.makeFolder(folder);
            return folder;
        } catch (IOException e) {
            throw failed("create", folder, e);
        }
    }

    /** Certainly: what may not be looked at may be there. */
    static boolean isMissing(Path path) {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** See {@link Disk#replace}. */
    void replace(Path file, String text) {
        replace(file, text, OTHER_FOLDER);
    }

    /** @param remedy what else may be done, if it cannot be written */
    static void replace(Path file, String text, String remedy) {
        try {
            Disk.replace(file, text, Disk.OWNER_FILE);
        } catch (AtomicMoveNotSupportedException e) {
            throw failed("replace", file, e, remedy);
        } catch (IOException e) {
            throw failed("write", file, e, remedy);
        }
    }

    static JournalException failed(String verb, Path file, IOException cause) {
        return failed(verb, file, cause, OTHER_FOLDER);
    }

    private static JournalException failed(String verb, Path file, IOException cause, String remedy) {
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof AccessDeniedException) {
            why = "that is not permitted";
        } else if (cause instanceof NoSuchFileException) {
            why = "its folder is not there";
        } else if (cause instanceof FileSystemException fse && fse.getReason() != null) {
            why = fse.getReason();
        }
        return new JournalException(
                "tried to " + verb + " " + file + " but " + why + "; check space and rights there, or " + remedy);
    }
}
