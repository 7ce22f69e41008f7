package dev.rollcall;

import dev.rollcall.cli.Machine;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.port.Journal;
import java.nio.file.Path;

/** The composition root: the only class that knows every part. */
final class Wiring implements Machine {
    @Override
    public Engine engine(Path stateDir, Interrupt interrupt) {
        throw new IllegalStateException("not wired yet");
    }

    @Override
    public Journal journal(Path stateDir) {
        return new FileJournal(stateDir);
    }
}
