package dev.rollcall.linux;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an interpreter was started with: a script, that is among the first words of a command line, or a module. */
record Script(Path proc, ProcessEntry process) {
    private static final long LARGEST = 1 << 20;
    /** A longer script says itself what it does. */
    private static final int LONGEST_STUB = 2048;

    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*(?:from|import)\\s+([A-Za-z_][\\w.]*)(?:\\s+import\\s+\\(?(\\w+))?");

    boolean mentions(String... words) {
        return Stream.concat(scripts().flatMap(this::withImports), module())
                .anyMatch(text -> Stream.of(words).anyMatch(text::contains));
    }

    private Path directory() {
        return proc.resolve(Long.toString(process.pid())).resolve("cwd");
    }

    private Stream<Path> scripts() {
        return process.argv().stream().skip(1).limit(2).flatMap(this::resolved);
    }

    private Stream<Path> resolved(String name) {
        try {
            return Stream.of(directory().resolve(name));
        } catch (InvalidPathException noName) {
            return Stream.empty();
        }
    }

    /** What an installer writes into a bin folder for an entry point says nothing but what it imports. */
    private Stream<String> withImports(Path script) {
        String text = text(script);
        List<String> names = text.length() > LONGEST_STUB
                ? List.of()
                : IMPORT.matcher(text)
                        .results()
                        .flatMap(found -> imported(found.group(1), found.group(2)))
                        .toList();
        return Stream.concat(Stream.of(text), names.isEmpty() ? Stream.empty() : texts(modules(script), names));
    }

    private static Stream<String> imported(String module, @Nullable String name) {
        return name == null ? Stream.of(module) : Stream.of(module, module + "." + name);
    }

    /** {@code python -m proj.worker}, whatever options stand before it. */
    private Stream<String> module() {
        List<String> argv = process.argv();
        int at = argv.indexOf("-m");
        boolean named =
                at > 0 && at + 1 < argv.size() && argv.subList(1, at).stream().allMatch(w -> w.startsWith("-"));
        return named ? texts(modules(directory().resolve("-m")), List.of(argv.get(at + 1))) : Stream.empty();
    }

    private Modules modules(Path script) {
        return Modules.of(proc.resolve(Long.toString(process.pid())), process, script);
    }

    private Stream<String> texts(Modules modules, List<String> names) {
        boolean asWorker = process.argv().contains("worker");
        return names.stream()
                .flatMap(name -> Stream.concat(
                        modules.files(name).map(Script::text),
                        asWorker
                                ? modules.requirements(name).map(Script::text).flatMap(Modules::required)
                                : Stream.empty()));
    }

    /** Empty if it cannot be read. */
    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException notReadable) {
            return "";
        }
    }
}
