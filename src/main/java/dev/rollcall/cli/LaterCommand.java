package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Commands of the contract that this version does not have: refused, never ignored. */
abstract class LaterCommand implements Callable<Integer> {
    @Unmatched
    private @Nullable List<String> anything;

    private final String sentence;

    LaterCommand(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public Integer call() throws UsageException {
        throw new UsageException(sentence);
    }

    @Command(name = "serve", hidden = true)
    static final class Serve extends LaterCommand {
        Serve() {
            super(
                    "tried to serve but this version of Rollcall has no engine; use a timer of the system's with rollcall restart");
        }
    }
}
