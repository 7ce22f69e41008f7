package dev.rollcall.linux;

import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small program in supervisord's place, the recipe that starts it, and what it wrote down about itself. */
record StandIn(Path folder, Path script) {
    static final long NOBODY = 65534;

    static StandIn in(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path script = folder.resolve("standin.py");
        try (InputStream in = StandIn.class.getResourceAsStream("standin.py")) {
            Files.write(script, in.readAllBytes());
        }
        return new StandIn(folder, script);
    }

    StartRecipe recipe(String manner) throws IOException {
        StatusFile ours = StatusFile.read(Path.of("/proc/self"));
        return new StartRecipe(
                List.of(Spawner.PYTHON, script.toString(), folder.toString(), manner),
                folder.toString(),
                Map.of("A", "1"),
                ours.uid(),
                ours.gid(),
                ours.groups(),
                027,
                Map.of("RLIMIT_NOFILE", List.of(234L, 567L)),
                manner.equals("stay"),
                "",
                "");
    }

    static StartRecipe with(StartRecipe r, Map<String, String> environment) {
        return Draft.of(r, draft -> draft.environment = environment);
    }

    static StartRecipe as(StartRecipe r, long user) {
        return Draft.of(r, draft -> draft.user = Optional.of(user));
    }

    static StartRecipe scheduled(StartRecipe r, Scheduling scheduling) {
        return Draft.of(r, draft -> draft.scheduling = Optional.of(scheduling));
    }

    static StartRecipe in(StartRecipe r, String directory) {
        return Draft.of(r, draft -> draft.directory = directory);
    }

    static StartRecipe at(StartRecipe r, List<String> argv, Path directory, String output) {
        return Draft.of(r, draft -> {
            draft.argv = argv;
            draft.directory = directory.toString();
            draft.output = output;
        });
    }

    /** A recipe of which some things are to be others. */
    private static final class Draft {
        private List<String> argv;
        private String directory;
        private Map<String, String> environment;
        private String output;
        private Optional<Scheduling> scheduling;
        private Optional<Long> user = Optional.empty();

        static StartRecipe of(StartRecipe r, Consumer<Draft> change) {
            Draft draft = new Draft();
            draft.argv = r.argv();
            draft.directory = r.directory();
            draft.environment = r.environment();
            draft.output = r.output();
            draft.scheduling = r.scheduling();
            change.accept(draft);
            return new StartRecipe(
                    draft.argv,
                    draft.directory,
                    draft.environment,
                    draft.user.orElse(r.uid()),
                    draft.user.orElse(r.gid()),
                    draft.user.map(List::of).orElse(r.groups()),
                    r.umask(),
                    r.limits(),
                    r.foreground(),
                    draft.output,
                    r.unit(),
                    draft.scheduling);
        }
    }

    boolean told() {
        return Files.exists(folder.resolve("told"));
    }

    /** Each byte a char. */
    String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    }

    Map<String, String> environment() throws IOException {
        return Stream.of(text("environ").split("\0"))
                .collect(Collectors.toMap(w -> w.substring(0, w.indexOf('=')), w -> w.substring(w.indexOf('=') + 1)));
    }

    Map<String, String> descriptors() throws IOException {
        Map<String, String> found = new HashMap<>();
        text("fds").lines().forEach(line -> found.put(line.split(" ")[0], line.split(" ", 2)[1]));
        return found;
    }

    StatLine stat() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("stat"));
        return StatLine.parse(bytes, bytes.length);
    }

    /** A signal set of {@code status}, e.g. SigBlk. */
    long signals(String set) throws IOException {
        return signals(text("status"), set);
    }

    static long signals(String status, String set) {
        String line =
                status.lines().filter(l -> l.startsWith(set + ":")).findFirst().orElseThrow();
        return Long.parseUnsignedLong(line.substring(set.length() + 1).strip(), 16);
    }
}
