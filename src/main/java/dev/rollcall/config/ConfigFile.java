package dev.rollcall.config;

import dev.rollcall.config.Config.Target;
import dev.rollcall.config.YamlTree.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rollcall.yaml strictly: all problems at once, each with file, line, key and the nearest known key. */
public final class ConfigFile {
    public static final Path DEFAULT = Path.of("/etc/rollcall/rollcall.yaml");

    static final List<String> KEYS =
            List.of("state_dir", "journals", "targets", "triggers", "blackouts", "events", "routes_dir");
    static final List<String> BLACKOUT_KEYS = List.of("name", "cron", "zone");

    private static final int LARGEST = 1 << 20;

    /**
     * @param config as far as it can be read
     * @param problems with it, a line each
     */
    public record Draft(Config config, List<String> problems) {
        public Draft {
            problems = List.copyOf(problems);
        }
    }

    private ConfigFile() {}

    /**
     * For a single restart: of what only the engine uses the form is looked at, not the times of timers nor the rights of files, so that none of that keeps a
     * service down.
     *
     * @param file empty for the default one, if it is there
     */
    public static Config read(Optional<Path> file) throws UsageException {
        return read(file, false);
    }

    /** For the engine: nothing is left unchecked that can be checked by looking. */
    public static Config readWhole(Optional<Path> file) throws UsageException {
        return read(file, true);
    }

    private static Config read(Optional<Path> file, boolean whole) throws UsageException {
        Draft draft = draft(file, whole);
        if (!draft.problems().isEmpty()) {
            throw new UsageException(String.join("\n", draft.problems()));
        }
        return draft.config();
    }

    /** For who tells everything that is wrong, and not with the configuration alone. Not for use: what is wrong in it is left out. */
    public static Draft draft(Optional<Path> file) throws UsageException {
        return draft(file, true);
    }

    private static Draft draft(Optional<Path> file, boolean whole) throws UsageException {
        if (file.isEmpty() && !Files.exists(DEFAULT)) {
            return new Draft(Config.NONE, List.of());
        }
        Path path = file.orElse(DEFAULT);
        Trust.check(path, Trust.Kind.CONFIGURATION);
        Path folder = Optional.ofNullable(path.toAbsolutePath().normalize().getParent())
                .orElse(path);
        try {
            YamlTree tree = new YamlTree(path.toString(), text(SmallFile.read(path, LARGEST)));
            Config config = config(tree.root(KEYS), new Reading(folder, whole));
            return new Draft(config, tree.problems());
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "tried to read " + path + " but there is no such file; name the right one with --config");
        } catch (IOException e) {
            throw new UsageException("tried to read " + path + " but it cannot be read (" + e.getMessage()
                    + "); check its rights and that it is UTF-8");
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static Config config(Mapping root, Reading reading) {
        Mapping named = root.mapping("targets", List.of());
        Map<String, Target> targets = TargetsSection.read(named, reading);
        return new Config(
                reading.text(root, "state_dir"),
                targets,
                JournalsSection.read(root.mapping("journals", JournalsSection.KEYS)),
                TriggersSection.read(
                        root.mapping("triggers", TriggersSection.KEYS),
                        reading,
                        named.entries().keySet()),
                blackouts(root),
                EventsSection.read(root.mapping("events", EventsSection.KEYS), reading),
                reading.trusted(root, "routes_dir", Trust.Kind.ROUTES));
    }

    /** They hold for a single restart too, so their times are always checked. */
    private static List<Blackout> blackouts(Mapping root) {
        Times times = new Times(root.mappings("blackouts", BLACKOUT_KEYS));
        return times.entries().stream()
                .map(entry -> new Blackout(times.name(entry), Times.cron(entry, true), Times.zone(entry)))
                .filter(blackout -> !blackout.cron().isEmpty())
                .toList();
    }
}
