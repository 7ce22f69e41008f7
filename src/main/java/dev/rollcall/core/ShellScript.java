package dev.rollcall.core;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads in a shell script which Celery processes it starts. What a variable holds is not known, so a word with one stands for any words;
 * the words around it must be those of the process.
 */
record ShellScript(String text) {

    boolean starts(List<String> argv) {
        List<String> arguments = CeleryCommand.arguments(argv);
        if (arguments.isEmpty() || text.isEmpty()) {
            return false;
        }
        String kind = CeleryCommand.isBeat(argv) ? CeleryCommand.BEAT : "worker";
        List<String> plain = CeleryCommand.words(String.join(" ", arguments));
        return commands().anyMatch(words -> starts(kind, words, plain));
    }

    /** What follows the word celery, wherever it stands. */
    private Stream<List<String>> commands() {
        return text.replace("\\\n", " ")
                .lines()
                .filter(line -> !line.stripLeading().startsWith("#"))
                .map(CeleryCommand::words)
                .flatMap(words -> IntStream.range(0, words.size())
                        .filter(at -> CeleryCommand.isCeleryProgram(words.get(at)))
                        .mapToObj(at -> words.subList(at + 1, words.size())));
    }

    /** The command may end at any word after the one that says what it starts. */
    private static boolean starts(String kind, List<String> words, List<String> arguments) {
        int said = words.indexOf(kind);
        return said >= 0
                && IntStream.rangeClosed(said + 1, words.size())
                        .anyMatch(end -> fits(words.subList(0, end), arguments));
    }

    private static boolean fits(List<String> words, List<String> arguments) {
        int word = 0;
        int argument = 0;
        int variable = -1;
        int from = 0;
        while (argument < arguments.size()) {
            if (word < words.size() && isVariable(words.get(word))) {
                variable = word++;
                from = argument;
            } else if (word < words.size() && words.get(word).equals(arguments.get(argument))) {
                word++;
                argument++;
            } else if (variable >= 0) {
                word = variable + 1;
                argument = ++from;
            } else {
                return false;
            }
        }
        return words.subList(word, words.size()).stream().allMatch(ShellScript::isVariable);
    }

    private static boolean isVariable(String word) {
        return word.contains("$") || word.contains("`");
    }
}
