package dev.rollcall.config;

import dev.rollcall.config.Config.Target;
import dev.rollcall.config.YamlTree.Mapping;
import dev.rollcall.config.YamlTree.Value;
import dev.rollcall.core.Retention;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads rollcall.yaml strictly: all problems at once, each with file, line, key and the nearest known key. */
public final class ConfigFile {
    public static final Path DEFAULT = Path.of("/etc/rollcall/rollcall.yaml");

    /** The engine's own sections; a single restart does not use them. */
    private static final List<String> SECTIONS =
            List.of("state_dir", "journals", "targets", "triggers", "blackouts", "events", "routes_dir");

    private static final int LARGEST = 1 << 20;
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final List<String> TARGET_KEYS =
            List.of("conf", "broker", "remote_control", "exec_inspect", "start", "restart");
    private static final List<String> MEANS = List.of("auto", "redis", "amqp", "exec", "none");

    private final YamlTree tree;

    private ConfigFile(YamlTree tree) {
        this.tree = tree;
    }

    /** @param file empty for the default one, if it is there */
    public static Config read(Optional<Path> file) throws UsageException {
        if (file.isEmpty() && !Files.exists(DEFAULT)) {
            return Config.NONE;
        }
        Path path = file.orElse(DEFAULT);
        Trust.check(path, "configuration");
        try {
            return new ConfigFile(new YamlTree(path.toString(), text(SmallFile.read(path, LARGEST)))).config();
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

    private Config config() throws UsageException {
        Mapping root = tree.root(SECTIONS);
        Optional<String> stateDir = root.text("state_dir");
        Retention journals = journals(root.mapping("journals", List.of("keep_for", "keep")));
        Map<String, Target> targets = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry :
                root.mapping("targets", List.of()).entries().entrySet()) {
            target(entry.getValue()).ifPresent(t -> targets.put(entry.getKey(), t));
        }
        tree.throwProblems();
        return new Config(stateDir, targets, journals);
    }

    private static Retention journals(Mapping given) {
        Duration keepFor = Retention.DEFAULT.keepFor();
        Optional<String> time = given.text("keep_for");
        try {
            keepFor = time.isPresent() ? Durations.parse("keep_for", time.get()) : keepFor;
        } catch (UsageException e) {
            given.problem("keep_for", e.getMessage());
        }
        Optional<String> number = given.text("keep");
        boolean isNumber = number.filter(n -> !NUMBER.matcher(n).matches()).isEmpty();
        if (!isNumber) {
            given.problem("keep", "'" + number.orElse("") + "' is no number of journals; write e.g. 1000");
        }
        return new Retention(
                keepFor,
                isNumber ? number.map(Integer::valueOf).orElse(Retention.DEFAULT.keep()) : Retention.DEFAULT.keep());
    }

    private Optional<Target> target(Value value) {
        Mapping keys = value.mapping(TARGET_KEYS);
        Optional<String> means = keys.text("remote_control");
        means.filter(m -> !MEANS.contains(m))
                .ifPresent(m -> keys.problem("remote_control", "'" + m + "' is none of " + String.join(", ", MEANS)));
        Optional<OptionSet> restart = options(keys.mapping("restart", List.of()));
        return restart.map(r -> new Target(
                keys.text("conf"),
                keys.text("broker"),
                means.orElse("auto"),
                keys.list("exec_inspect"),
                keys.listOr("start", "auto"),
                r));
    }

    private Optional<OptionSet> options(Mapping given) {
        try {
            OptionSet options = OptionSet.of(given.plain(), "restart");
            options.options();
            return Optional.of(options);
        } catch (UsageException e) {
            given.problem(e.getMessage());
            return Optional.empty();
        }
    }
}
