package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.ConfigFile;
import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Us;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Rollcall's configuration (default: /etc/rollcall/rollcall.yaml, if there).")
    private @Nullable Path config;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where journals, locks and pid files are kept.")
    private @Nullable Path stateDir;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log to stderr; stack traces for internal errors.")
    private boolean verbose;

    Config config() throws UsageException {
        return ConfigFile.read(Optional.ofNullable(config));
    }

    /** Everything in it looked at, also what only the engine uses. */
    Config wholeConfig() throws UsageException {
        return ConfigFile.readWhole(Optional.ofNullable(config));
    }

    /** The same, as far as it can be read. */
    ConfigFile.Draft draft() throws UsageException {
        return ConfigFile.draft(Optional.ofNullable(config));
    }

    boolean verbose() {
        return verbose;
    }

    Path stateDir(Config read) {
        return Optional.ofNullable(stateDir)
                .or(() -> read.stateDir().map(Path::of))
                .orElseGet(CommonOptions::ownStateDir)
                .toAbsolutePath();
    }

    /** The same for who acts: before anything in it is believed. */
    Path trustedStateDir(Config read) {
        Path dir = stateDir(read);
        try {
            Trust.check(dir, Trust.Kind.STATE);
            return dir;
        } catch (UsageException e) {
            throw new JournalException(e.getMessage().replace("\n", "; "));
        }
    }

    private static Path ownStateDir() {
        if (Us.isRoot()) {
            return Path.of("/var/lib/rollcall");
        }
        String home = System.getProperty("user.home");
        return Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
                .filter(s -> !s.isEmpty())
                .map(Path::of)
                .orElse(Path.of(home, ".local", "state"))
                .resolve("rollcall");
    }
}
