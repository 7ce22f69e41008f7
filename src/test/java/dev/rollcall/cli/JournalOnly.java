package dev.rollcall.cli;

import dev.rollcall.config.Config;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.port.Journal;
import java.nio.file.Path;
import java.util.Optional;

/** For commands that look at runs and come to no engine. */
class JournalOnly implements Machine {
    private final Journal journal;

    JournalOnly(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt)
            throws UsageException {
        throw new AssertionError("none of these comes to an engine");
    }

    @Override
    public Engine engineDespite(String why, Path stateDir, Retention keep, Interrupt interrupt) {
        throw new AssertionError("none of these comes to an engine");
    }

    @Override
    public Journal journal(Path stateDir, Retention keep) {
        return journal;
    }

    @Override
    public int serve(Config config, Path stateDir, boolean json) {
        throw new AssertionError("none of these is the engine");
    }
}
