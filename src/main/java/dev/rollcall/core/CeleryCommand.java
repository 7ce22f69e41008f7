package dev.rollcall.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a Celery worker's command line: whether it is one, which pool it asked for, what it is called. */
public final class CeleryCommand {
    private static final Set<String> OPTIONS_WITH_VALUE =
            Set.of("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir");
    static final String BEAT = "beat";
    private static final Set<String> POOLS_WITHOUT_PROCESSES = Set.of("solo", "threads", "gevent", "eventlet", BEAT);
    private static final String TITLE = "[celeryd: ";
    private static final Pattern SHELL_SYNTAX = Pattern.compile("[\\s\"';&|()]+");

    private CeleryCommand() {}

    /** Whether this is the command line of a worker: of its main process, or of a pool process, which has the same. */
    public static boolean isWorker(List<String> argv) {
        return isTitled(argv) || !workerArguments(argv).isEmpty();
    }

    /** Whether this is the command line of a scheduler: a Celery process that has no pool and answers nobody. */
    static boolean isBeat(List<String> argv) {
        return !argumentsOf("beat", argv).isEmpty();
    }

    /** A worker or a scheduler: what must not run twice. */
    static boolean isCelery(List<String> argv) {
        return isWorker(argv) || isBeat(argv);
    }

    /** Whether a command starts Celery itself, so that the main process leads its process group; a shell in between does not. */
    static boolean isDirect(String command) {
        List<String> words = List.of(command.strip().split("\\s+"));
        String first = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
        return (first.equals("celery") || first.startsWith("python")) && isCelery(words);
    }

    /** Whether a program's command, perhaps wrapped into a shell, starts a worker. */
    public static boolean startsWorker(String command) {
        return !workerArguments(List.of(SHELL_SYNTAX.split(command))).isEmpty();
    }

    /** Whether a program's command text contains the arguments that this worker was started with. */
    static boolean startedBy(String command, List<String> argv) {
        String kind = isBeat(argv) ? "beat" : "worker";
        List<String> words = argumentsOf(kind, List.of(SHELL_SYNTAX.split(command)));
        List<String> arguments = argumentsOf(kind, argv);
        return !arguments.isEmpty()
                && words.size() >= arguments.size()
                && words.subList(0, arguments.size()).equals(arguments);
    }

    /** Written by setproctitle in place of the command line. */
    static boolean isTitled(List<String> argv) {
        return !argv.isEmpty() && argv.get(0).startsWith(TITLE);
    }

    static boolean isTitledPool(List<String> argv) {
        return isTitled(argv) && !argv.get(0).contains(":MainProcess]");
    }

    /** Same program, same command line; or titles of one node. */
    static boolean alike(ProcessEntry main, ProcessEntry other) {
        if (!main.exe().equals(other.exe())) {
            return false;
        }
        boolean titled = isTitled(main.argv()) && isTitled(other.argv());
        return titled
                ? nodeName(main.argv(), "").equals(nodeName(other.argv(), ""))
                : main.argv().equals(other.argv());
    }

    /** The pool that the command line asks for; Celery's default is prefork. */
    static String pool(List<String> argv) {
        return isBeat(argv) ? BEAT : option(argv, "-P", "--pool").orElse("prefork");
    }

    /** Whether children of the main process that look like it are its pool. */
    static boolean hasPoolProcesses(String pool) {
        return !POOLS_WITHOUT_PROCESSES.contains(pool);
    }

    /** The node name that the command line gives, with {@code %h}, {@code %n} and {@code %d} filled in. */
    static String nodeName(List<String> argv, String host) {
        if (isBeat(argv)) {
            return "celery beat";
        }
        if (isTitled(argv)) {
            String title = argv.get(0).substring(TITLE.length());
            int end = title.indexOf(':');
            return end < 0 ? "celery@" + host : title.substring(0, end);
        }
        String name = option(argv, "-n", "--hostname").orElse("celery@%h");
        String full = name.contains("@") ? name : name + "@%h";
        int dot = host.indexOf('.');
        return full.replace("%h", host)
                .replace("%n", dot < 0 ? host : host.substring(0, dot))
                .replace("%d", dot < 0 ? "" : host.substring(dot + 1));
    }

    private static Optional<String> option(List<String> argv, String brief, String full) {
        List<String> arguments = workerArguments(argv);
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.startsWith(full + "=")) {
                return Optional.of(word.substring(full.length() + 1));
            }
            if ((word.equals(brief) || word.equals(full)) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
            if (word.startsWith(brief) && !word.startsWith("--") && word.length() > brief.length()) {
                return Optional.of(word.substring(brief.length()));
            }
        }
        return Optional.empty();
    }

    private static List<String> workerArguments(List<String> argv) {
        return argumentsOf("worker", argv);
    }

    /** What follows the word celery, if the first command after it is the given one; else nothing. */
    private static List<String> argumentsOf(String command, List<String> argv) {
        if (isTitled(argv)) {
            return command.equals("worker") ? titleArguments(argv.get(0)) : List.of();
        }
        for (int i = 0; i < argv.size(); i++) {
            if (isCeleryProgram(argv.get(i)) && hasCommand(command, argv.subList(i + 1, argv.size()))) {
                return argv.subList(i + 1, argv.size());
            }
        }
        return List.of();
    }

    /** A main process's title ends with its arguments in parentheses. */
    private static List<String> titleArguments(String title) {
        int open = title.indexOf(" (");
        int close = title.lastIndexOf(')');
        List<String> words = open < 0 || close < open
                ? List.of()
                : List.of(title.substring(open + 2, close).split(" +"));
        return hasCommand("worker", words) ? words : List.of();
    }

    private static boolean isCeleryProgram(String word) {
        return word.substring(word.lastIndexOf('/') + 1).equals("celery");
    }

    private static boolean hasCommand(String command, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("-")) {
                return word.equals(command);
            }
            if (OPTIONS_WITH_VALUE.contains(word)) {
                i++;
            }
        }
        return false;
    }
}
