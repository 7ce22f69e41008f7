package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.port.Journal;
import java.nio.file.Path;
import java.util.Optional;

/** Where commands get an engine from. */
public interface Machine {
    /**
     * @param keep which journals are kept when a run has ended
     * @param routesDir with route files of the user's
     * @throws UsageException if one of them is broken, with file and line
     */
    Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt) throws UsageException;

    /**
     * For a run that may have left the service down: that a user's routes cannot be used is a finding of it, and keeps it from nothing.
     *
     * @param why they cannot be used
     */
    Engine engineDespite(String why, Path stateDir, Retention keep, Interrupt interrupt);

    Journal journal(Path stateDir, Retention keep);

    /**
     * Runs the engine until it is told to stop.
     *
     * @param json the form of its log
     * @return the exit code
     */
    int serve(Config config, Path stateDir, boolean json) throws UsageException;

    /** For those who only read. */
    default Journal journal(Path stateDir) {
        return journal(stateDir, Retention.DEFAULT);
    }
}
