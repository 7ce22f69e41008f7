package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.port.Journal.JournalException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One sentence a failure; a stack trace only for who asked for it. */
final class Failures {
    private Failures() {}

    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String hint = "";
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            hint = near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?";
        }
        command.getErr().println("rollcall: " + firstLine(e) + hint);
        command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof UsageException) {
            command.getErr().println("rollcall: " + e.getMessage());
            return 2;
        }
        if (e instanceof JournalException) {
            command.getErr().println("rollcall: " + e.getMessage());
            return 4;
        }
        throw e;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("bad usage");
    }
}
