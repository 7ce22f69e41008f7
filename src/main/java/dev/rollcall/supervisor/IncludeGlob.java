package dev.rollcall.supervisor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds included files by Python's glob, whose hidden files, brackets and absent braces differ from Java's. */
final class IncludeGlob {
    /** A pattern like {@code /*}{@code /*}{@code /*} walks through the whole host. */
    private static final int MOST = 20_000;

    private IncludeGlob() {}

    /** The matching paths in the order in which supervisord reads them; an absolute pattern ignores the folder. */
    static List<Path> find(Path folder, String pattern) throws IOException {
        List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : folder);
        for (String part : pattern.split("/")) {
            found = part.isEmpty() ? found : step(found, part);
        }
        // By their text: the order of Path would be that of bytes, Python sorts strings.
        return found.stream().map(Path::toString).sorted().map(Path::of).toList();
    }

    private static List<Path> step(List<Path> folders, String part) throws IOException {
        List<Path> next = new ArrayList<>();
        for (Path folder : folders) {
            if (isMagic(part)) {
                next.addAll(matching(folder, part));
            } else if (Files.exists(folder.resolve(part), LinkOption.NOFOLLOW_LINKS)) {
                next.add(folder.resolve(part));
            }
            if (next.size() > MOST) {
                throw new IOException("more than " + MOST + " names match");
            }
        }
        return next;
    }

    private static List<Path> matching(Path folder, String part) throws IOException {
        Glob names = new Glob(part);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean wantsHidden = part.startsWith(".");
                if (wantsHidden == name.startsWith(".") && names.matches(name)) {
                    found.add(entry);
                }
            }
        } catch (NotDirectoryException | NoSuchFileException e) {
            return List.of(); // nothing there is no match, as for Python
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isMagic(String part) {
        return part.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }
}
