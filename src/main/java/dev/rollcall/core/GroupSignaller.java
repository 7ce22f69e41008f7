package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A wrapper around a program that passes its stop signal to a whole process group, and so to pool processes and to what tasks have
 * detached: timeout(1), dumb-init, tini -g. Prefixes that execute the next command in their place are looked through.
 */
public final class GroupSignaller {
    private static final Set<String> PREFIXES =
            Set.of("env", "exec", "nice", "ionice", "chrt", "taskset", "stdbuf", "setpriv", "nohup");
    private static final Set<String> SHELLS = Set.of("sh", "dash", "ash", "bash", "zsh", "ksh");
    /** They fork for a command even if it is the last. */
    private static final Set<String> FORKING = Set.of("sh", "dash", "ash");
    /** Those that signal, with their options that take the next word. */
    private static final Map<String, Set<String>> SIGNALLERS = Map.of(
            "timeout", Set.of("-k", "--kill-after", "-s", "--signal"),
            "dumb-init", Set.of("-r", "--rewrite"),
            "tini", Set.of("-p", "-e"),
            "tini-static", Set.of("-p", "-e"));

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Pattern QUOTES = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern COMMAND_OPTION = Pattern.compile("-[a-z]*c");

    private GroupSignaller() {}

    /** By a program's command, or by what its process shows that its script has executed. */
    public static Optional<String> around(Program program, ProcessTable table) {
        return in(program.command()).or(() -> table.get(program.pid()).flatMap(root -> of(root.argv())));
    }

    /** What a program's command has as such; empty if it has none. */
    static Optional<String> in(String command) {
        return of(WORD.matcher(command)
                .results()
                .map(MatchResult::group)
                .map(word -> QUOTES.matcher(word).replaceAll("$1$2"))
                .toList());
    }

    /** What a command line executes as such. */
    static Optional<String> of(List<String> argv) {
        List<String> words = argv.stream()
                .dropWhile(word -> ASSIGNMENT.matcher(word).matches())
                .toList();
        String name = words.isEmpty() ? "" : nameOf(words.get(0));
        if (SHELLS.contains(name)) {
            return ofShell(name, words);
        }
        if (SIGNALLERS.containsKey(name)) {
            boolean signals = signalsGroup(name, options(words, SIGNALLERS.get(name)));
            return signals ? Optional.of(name.equals("timeout") ? "timeout(1)" : name) : behind(words);
        }
        return PREFIXES.contains(name) ? behind(words) : Optional.empty();
    }

    private static boolean signalsGroup(String name, List<String> options) {
        return switch (name) {
            case "timeout" -> !options.contains("--foreground") && !options.contains("-f");
            case "dumb-init" -> !options.contains("--single-child") && !has(options, "c");
            default -> has(options, "g");
        };
    }

    private static boolean has(List<String> options, String letter) {
        return options.stream().anyMatch(option -> !option.startsWith("--") && option.contains(letter));
    }

    /** Its own, before the command. */
    private static List<String> options(List<String> words, Set<String> withValue) {
        List<String> options = new ArrayList<>();
        for (int i = 1;
                i < words.size()
                        && words.get(i).startsWith("-")
                        && !words.get(i).equals("--");
                i++) {
            options.add(words.get(i));
            i += withValue.contains(words.get(i)) ? 1 : 0;
        }
        return options;
    }

    /** The next wrapper; the values of options are no names of one, and a path is the command itself. */
    private static Optional<String> behind(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String name = nameOf(words.get(i));
            if (SHELLS.contains(name) || SIGNALLERS.containsKey(name) || PREFIXES.contains(name)) {
                return of(words.subList(i, words.size()));
            }
            boolean path = name.length() < words.get(i).length();
            if (path && !ASSIGNMENT.matcher(words.get(i)).matches() || CeleryCommand.isCeleryProgram(name)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What it executes in its own place: the signal reaches the shell alone else, and nobody passes it on. */
    private static Optional<String> ofShell(String name, List<String> words) {
        List<String> script = words.stream()
                .dropWhile(word -> !COMMAND_OPTION.matcher(word).matches())
                .skip(1)
                .limit(1)
                .flatMap(text -> Pattern.compile("[;&|\n]+").splitAsStream(text))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        Optional<String> executed =
                script.stream().filter(text -> text.startsWith("exec ")).findFirst();
        Optional<String> last = script.isEmpty() || FORKING.contains(name)
                ? Optional.empty()
                : Optional.of(script.get(script.size() - 1));
        return executed.or(() -> last).flatMap(GroupSignaller::in);
    }

    private static String nameOf(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
