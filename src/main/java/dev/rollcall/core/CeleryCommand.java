package dev.rollcall.core;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a Celery worker's command line: whether it is one, which pool it asked for, what it is called. */
public final class CeleryCommand {
    private static final Set<String> OPTIONS_WITH_VALUE =
            Set.of("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir");
    static final String BEAT = "beat";
    /** A pool that nobody has named, of a worker that says that it has no processes. */
    static final String NO_PROCESSES = "none";

    private static final Set<String> POOLS_WITHOUT_PROCESSES =
            Set.of("solo", "threads", "thread", "gevent", "eventlet", BEAT, NO_PROCESSES);
    private static final Pattern INTERPRETER = Pattern.compile("(.*/)?(python|pypy)[0-9.]*[a-z]?");
    /** Options of the interpreter that take the next word. */
    private static final Set<String> FLAGS_WITH_VALUE = Set.of("-W", "-X", "--check-hash-based-pycs");

    private static final String TITLE = "[celeryd: ";
    /** Alone it is the scheduler that a worker has embedded; one of its own has its arguments behind it. */
    private static final String BEAT_TITLE = "[celery beat]";

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

    static boolean startsCelery(String command) {
        return startsWorker(command) || !argumentsIn("beat", command).isEmpty();
    }

    /** Whether a command starts Celery itself, so that the main process leads its process group; a shell in between does not. */
    static boolean isDirect(String command) {
        return isCelery(List.of(command.strip().split("\\s+")));
    }

    /** Whether a program's command, perhaps wrapped into a shell, starts a worker. */
    public static boolean startsWorker(String command) {
        return !argumentsIn("worker", command).isEmpty();
    }

    /** Whether the worker of a command has a scheduler in a process of its own. */
    static boolean embedsBeat(String command) {
        return argumentsIn("worker", command).stream().anyMatch(word -> word.equals("-B") || word.equals("--beat"));
    }

    /** Whether a program's command text contains the arguments that this worker was started with. */
    static boolean startedBy(String command, List<String> argv) {
        return beginnings(command).contains(arguments(argv));
    }

    /** Arguments of a worker or a scheduler that a command may have started: what it has after the word celery, up to any word. */
    static Set<List<String>> beginnings(String command) {
        Set<List<String>> found = new HashSet<>();
        for (String kind : List.of("worker", BEAT)) {
            List<String> words = argumentsIn(kind, command);
            for (int count = 1; count <= words.size(); count++) {
                found.add(words.subList(0, count));
            }
        }
        return found;
    }

    /** Of a worker or a scheduler; empty if it is neither. */
    static List<String> arguments(List<String> argv) {
        return argumentsOf(isBeat(argv) ? BEAT : "worker", argv);
    }

    /** Written by setproctitle in place of the command line. */
    public static boolean isTitled(List<String> argv) {
        return !argv.isEmpty() && argv.get(0).startsWith(TITLE);
    }

    /** The title of a scheduler in a process of its own below its worker ({@code -B}); what it does not fill is left empty. */
    static boolean isEmbeddedBeat(List<String> argv) {
        return String.join("", argv).equals(BEAT_TITLE);
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

    /** Whether it is the application that chooses the pool. */
    static boolean leavesPoolOpen(List<String> argv) {
        return !isBeat(argv) && option(argv, "-P", "--pool").isEmpty();
    }

    /** Whether the command line itself says that there is a pool of processes, which may be empty at times. */
    static boolean asksForProcesses(List<String> argv) {
        boolean named = option(argv, "-P", "--pool")
                .filter(pool -> pool.equals("prefork") || pool.equals("processes"))
                .isPresent();
        return named || workerArguments(argv).stream().anyMatch(word -> word.startsWith("--autoscale"));
    }

    /** Whether children of the main process that look like it are its pool. */
    static boolean hasPoolProcesses(String pool) {
        return !POOLS_WITHOUT_PROCESSES.contains(pool);
    }

    /** The node name that the command line gives. */
    static String nodeName(List<String> argv, String host) {
        if (isBeat(argv)) {
            return "celery beat";
        }
        if (isTitled(argv)) {
            String title = argv.get(0).substring(TITLE.length());
            int end = title.indexOf(':');
            return end < 0 ? "celery@" + host : title.substring(0, end);
        }
        return NodeName.of(option(argv, "-n", "--hostname").orElse(""), host);
    }

    /** Whether the name is certain: the title's, or one with a host of its own. That of this host may have been another at its start. */
    static boolean isNamed(List<String> argv) {
        return isTitled(argv)
                ? argv.get(0).indexOf(':', TITLE.length()) > 0
                : option(argv, "-n", "--hostname").filter(NodeName::isWhole).isPresent();
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

    /** What follows the word celery in a command line that is Celery's own, if the first command after it is the given one. */
    private static List<String> argumentsOf(String command, List<String> argv) {
        if (isTitled(argv)) {
            return command.equals("worker") ? titleArguments(argv.get(0)) : List.of();
        }
        if (!argv.isEmpty() && argv.get(0).startsWith(BEAT_TITLE + " ")) {
            List<String> words =
                    List.of(argv.get(0).substring(BEAT_TITLE.length() + 1).split(" +"));
            return command.equals(BEAT) && hasCommand(BEAT, words) ? words : List.of();
        }
        int at = celeryWord(argv);
        List<String> after = at < 0 ? List.of() : argv.subList(at + 1, argv.size());
        return hasCommand(command, after) ? after : List.of();
    }

    /**
     * Where the word celery stands in a command line that executes Celery: the program itself, an interpreter's script or module. A shell
     * or a wrapper that has it among its arguments is something else.
     */
    private static int celeryWord(List<String> argv) {
        if (argv.isEmpty() || isCeleryProgram(argv.get(0))) {
            return argv.isEmpty() ? -1 : 0;
        }
        if (!INTERPRETER.matcher(argv.get(0)).matches()) {
            return -1;
        }
        int at = 1;
        while (at < argv.size() && argv.get(at).startsWith("-") && !argv.get(at).equals("-m")) {
            at += FLAGS_WITH_VALUE.contains(argv.get(at)) ? 2 : 1;
        }
        int script = at < argv.size() && argv.get(at).equals("-m") ? at + 1 : at;
        int django = script < argv.size() && argv.get(script).endsWith("manage.py") ? script + 1 : script;
        return django < argv.size() && isCeleryProgram(argv.get(django)) ? django : -1;
    }

    /** Of a command's text, without what a shell makes of quotes and the like. */
    public static List<String> words(String text) {
        return List.of(SHELL_SYNTAX.split(text));
    }

    /** The same in a command's text, where it may stand behind a shell or another wrapper. */
    private static List<String> argumentsIn(String command, String text) {
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            if (isCeleryProgram(words.get(i)) && hasCommand(command, words.subList(i + 1, words.size()))) {
                return words.subList(i + 1, words.size());
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

    static boolean isCeleryProgram(String word) {
        return word.substring(word.lastIndexOf('/') + 1).equals("celery");
    }

    static boolean hasCommand(String command, List<String> arguments) {
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
