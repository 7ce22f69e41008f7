package dev.rollcall.trigger.events;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log of the engine: one line an entry, as text or JSON, on standard error, whether it comes from us, from Camel or from a library below.
 * One-shot commands keep what they have, which starts sooner.
 */
public final class EngineLog {
    /** How a line looks. */
    public enum Format {
        TEXT,
        JSON
    }

    /** In the context of a thread that works on a run: its id. */
    public static final String RUN_ID = "run_id";

    private static final String OURS = "dev.rollcall";
    private static volatile Optional<EngineLog> installed = Optional.empty();

    private final Format format;
    private final System.Logger.Level level;
    private final PrintStream to;
    private final InstantSource time;

    EngineLog(Format format, System.Logger.Level level, PrintStream to, InstantSource time) {
        this.format = format;
        this.level = level;
        this.to = to;
        this.time = time;
    }

    /**
     * Takes over all logging of this process. Comes before the first logger, for the first decides for all.
     *
     * @param level of ours; of others what is less than a warning is left out, unless this is DEBUG or finer
     */
    public static void install(Format format, System.Logger.Level level) {
        installed = Optional.of(new EngineLog(format, level, System.err, InstantSource.system()));
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LogProvider.class.getName());
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        root.addHandler(new Library());
    }

    /** Everything that is logged until this is closed by this thread belongs to a run. */
    public static AutoCloseable of(String runId) {
        return MDC.putCloseable(RUN_ID, runId);
    }

    static boolean takes(String logger, System.Logger.Level wanted) {
        return installed.filter(log -> log.isWanted(logger, wanted)).isPresent();
    }

    static void write(String logger, System.Logger.Level wanted, String message, @Nullable Throwable thrown) {
        installed.ifPresent(log -> log.line(logger, wanted, message, thrown));
    }

    boolean isWanted(String logger, System.Logger.Level wanted) {
        boolean ours = logger.equals(OURS) || logger.startsWith(OURS + ".");
        System.Logger.Level least = ours ? level : others();
        return wanted.getSeverity() >= least.getSeverity();
    }

    private System.Logger.Level others() {
        boolean fine = level.getSeverity() <= System.Logger.Level.DEBUG.getSeverity();
        return fine ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
    }

    void line(String logger, System.Logger.Level wanted, String message, @Nullable Throwable thrown) {
        if (isWanted(logger, wanted)) {
            String runId = Optional.ofNullable(MDC.get(RUN_ID)).orElse("");
            LogLine line = new LogLine(time.instant(), wanted, runId, logger, message, thrown);
            to.println(format == Format.JSON ? line.json() : line.text());
        }
    }

    /** What comes by way of java.util.logging, as that of {@link System.Logger} does. */
    private static final class Library extends Handler {
        private static final Map<Level, System.Logger.Level> LEVELS = Map.of(
                Level.SEVERE, System.Logger.Level.ERROR,
                Level.WARNING, System.Logger.Level.WARNING,
                Level.INFO, System.Logger.Level.INFO,
                Level.CONFIG, System.Logger.Level.DEBUG,
                Level.FINE, System.Logger.Level.DEBUG);

        private final Formatter words = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            String logger = Optional.ofNullable(record.getLoggerName()).orElse("");
            System.Logger.Level level = LEVELS.getOrDefault(record.getLevel(), System.Logger.Level.TRACE);
            if (takes(logger, level)) {
                write(logger, level, words.formatMessage(record), record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
