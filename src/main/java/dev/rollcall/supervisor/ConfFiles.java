package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads the main file and what its [include] names, in supervisord's order. */
final class ConfFiles {
    private static final String INCLUDE = "include";
    private static final int LARGEST = 4_000_000;

    private ConfFiles() {}

    /** @return all that were read */
    static List<String> load(Source source) throws ConfException {
        Path main = Path.of(source.file());
        List<Path> read = new ArrayList<>(List.of(main));
        merge(main, source);
        if (source.ini().has(INCLUDE)) {
            fixHere(main, source, source.here());
            for (Path file : included(source)) {
                // Supervisord passes over folders and links to nothing, and over files that it may not read:
                // those we cannot judge and so refuse.
                if (!Files.isDirectory(file) && !Files.notExists(file)) {
                    merge(file, source);
                    read.add(file);
                    fixHere(file, source, source.places().absolute(parent(file)));
                }
            }
        }
        return read.stream().map(Path::toString).distinct().toList();
    }

    private static List<Path> included(Source source) throws ConfException {
        Section include = source.section(INCLUDE);
        include.define("host_node_name", HostName.node());
        Path folder = Path.of(source.here());
        List<Path> files = new ArrayList<>();
        for (String pattern : Blank.words(include.required("files", Section.TEXT))) {
            files.addAll(include.apply("files", pattern, text -> find(folder, text)));
        }
        return files;
    }

    private static List<Path> find(Path folder, String pattern) throws BadValue {
        try {
            return IncludeGlob.find(folder, pattern);
        } catch (InvalidPathException e) {
            throw new BadValue(
                    "\"" + pattern + "\" is no path (" + e.getReason() + ")", "run with a UTF-8 locale or rename it");
        } catch (IOException e) {
            throw new BadValue(
                    "a folder of \"" + pattern + "\" cannot be listed (" + e + ")", "run as a user who may read it");
        }
    }

    private static void merge(Path file, Source source) throws ConfException {
        String text = text(file);
        IniReader.read(text, file.toString(), source.ini());
        allowed(file, () -> source.allowance().take(text.length() + 100L));
    }

    private static void fixHere(Path file, Source source, String here) throws ConfException {
        allowed(file, () -> source.ini().fixHere(here));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws BadValue;
    }

    private static void allowed(Path file, Work work) throws ConfException {
        try {
            work.run();
        } catch (BadValue e) {
            throw new ConfException("tried to read " + file + " but " + e.reason() + "; " + e.remedy());
        }
    }

    private static String text(Path file) throws ConfException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw refuse(file, "it does not exist", "name another file or create it", e);
        } catch (AccessDeniedException e) {
            throw refuse(file, "this user may not read it", "run as a user who may", e);
        } catch (CharacterCodingException e) {
            throw refuse(file, "it is not UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw refuse(file, "reading failed (" + e.getMessage() + ")", "check the file", e);
        }
    }

    /** Supervisord would read a pipe or a device as well, and wait or grow for ever. */
    private static byte[] bytes(Path file) throws IOException, ConfException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ConfException("tried to read " + file + " but it is no regular file; name a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ConfException("tried to read " + file + " but it is larger than 4 MB; name the right file");
            }
            return bytes;
        }
    }

    private static ConfException refuse(Path file, String cause, String remedy, IOException reason) {
        ConfException refusal = new ConfException("tried to read " + file + " but " + cause + "; " + remedy);
        refusal.initCause(reason);
        return refusal;
    }

    private static String parent(Path file) {
        return Optional.ofNullable(file.getParent()).map(Path::toString).orElse("/");
    }
}
