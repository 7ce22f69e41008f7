package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.core.Options;
import dev.rollcall.core.Problem;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal.JournalException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        tell(command, List.of(args), new Problem("BAD_REQUEST", null, firstLine(e) + hint, true), 2);
        command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof UsageException usage) {
            return tell(command, parsed.originalArgs(), new Problem(usage.code(), null, usage.getMessage(), true), 2);
        }
        if (e instanceof JournalException || e instanceof UncheckedIOException) {
            String sentence = String.valueOf(e.getMessage());
            return tell(command, parsed.originalArgs(), new Problem("STATE_UNUSABLE", null, sentence, true), 4);
        }
        if (parsed.originalArgs().stream().anyMatch(Set.of("-v", "--verbose")::contains)) {
            e.printStackTrace(command.getErr());
        }
        String sentence = "internal error: " + e + "; run it again with -v and report what it says";
        return tell(command, parsed.originalArgs(), new Problem("INTERNAL_ERROR", null, sentence, false), 1);
    }

    /** Who asked for JSON gets a document for a failure too; the sentence is on stderr either way. */
    private static int tell(CommandLine command, List<String> args, Problem problem, int exitCode) {
        command.getErr().println("rollcall: " + problem.message());
        Optional<TargetCommand> target = Optional.of(command.getCommandSpec().userObject())
                .filter(TargetCommand.class::isInstance)
                .map(TargetCommand.class::cast);
        boolean asked = target.filter(TargetCommand::wantsJson).isPresent();
        if (asked || args.contains("--output=json") || args.contains("json")) {
            Options options = target.map(TargetCommand::asFarAsKnown).orElse(Options.DEFAULTS);
            String by = target.map(TargetCommand::asker).orElse("cli");
            command.getOut().println(Json.pretty(Refusals.document(options, by, problem, exitCode)));
        }
        return exitCode;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("bad usage");
    }
}
