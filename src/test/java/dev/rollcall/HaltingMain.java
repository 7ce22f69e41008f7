package dev.rollcall;

import dev.rollcall.cli.Rollcall;
import dev.rollcall.core.Retention;
import dev.rollcall.port.Journal;
import java.nio.file.Path;
import java.util.Optional;

/** Rollcall as it is packaged, but for a journal that halts the JVM at the moment that a system property names. */
public final class HaltingMain {
    private HaltingMain() {}

    public static void main(String[] args) {
        Halt halt = Halt.parse(System.getProperty("rollcall.halt", ""));
        Wiring wiring = new Wiring(Optional.empty()) {
            @Override
            public Journal journal(Path stateDir, Retention keep) {
                return new HaltingJournal(super.journal(stateDir, keep), halt);
            }
        };
        Runtime.getRuntime().halt(Rollcall.commandLine(wiring, args).execute(args));
    }
}
