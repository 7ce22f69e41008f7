package dev.rollcall.cli;

import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.port.Journal;
import java.nio.file.Path;

/** Where commands get an engine from. */
public interface Machine {
    Engine engine(Path stateDir, Interrupt interrupt);

    Journal journal(Path stateDir);
}
