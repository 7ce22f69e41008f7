package dev.rollcall.port;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs other programs: no shell, absolute path, nothing inherited, a deadline, an output limit, and the whole tree ended at the deadline. */
public interface Commands {
    /**
     * @param argv the first word is an absolute path
     * @param environment all of it: nothing is inherited
     * @param directory null for {@code /}
     * @param input bytes for its standard input; empty for none
     */
    record Command(
            List<String> argv,
            Map<String, String> environment,
            @Nullable Path directory,
            byte[] input,
            Duration limit) {
        public Command {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }

        /** Never with environment or input: they hold secrets. */
        @Override
        public String toString() {
            return argv.get(0);
        }
    }

    /**
     * @param exit its exit code; 128 + 9 if it was ended at the deadline; 127 if it could not be run, with the reason in {@code err}
     */
    record Output(int exit, byte[] out, String err, boolean timedOut) {}

    /** Blocks until the command has ended or its deadline has passed; an interrupt of the thread ends the command. */
    Output run(Command command);
}
