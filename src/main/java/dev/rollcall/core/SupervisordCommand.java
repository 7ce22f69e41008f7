package dev.rollcall.core;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a supervisord's command line: it is executed itself, or as an interpreter's script or module. Who only has the word reads its log. */
public final class SupervisordCommand {
    /** A word that begins with a slash is a path, blanks and all; any other with blanks is a title or a script for a shell. */
    private static final Pattern PROGRAM = Pattern.compile("(?:/.*/|\\S*/)?supervisord(?:\\.py)?");

    private static final String MODULE = "supervisor.supervisord";
    private static final Pattern INTERPRETER = Pattern.compile("(.*/)?(python|pypy|platform-python)[0-9.]*(-?[a-z]+)?");
    /** It stands before the interpreter, where a container is of another architecture. */
    private static final Pattern EMULATOR = Pattern.compile("(.*/)?(qemu-[^/]+|rosetta)");
    /** Options of the interpreter that take the next word. */
    private static final Set<String> FLAGS_WITH_VALUE = Set.of("-W", "-X", "--check-hash-based-pycs", "--jit");
    /** Alone or behind letters that take no value: what follows is the module, or the code, and then the program's. */
    private static final Pattern TAKES_MODULE = Pattern.compile("-[bBdEiIOPqRsStuvx]*m(.*)");

    private static final Pattern TAKES_CODE = Pattern.compile("-([bBdEiIOPqRsStuvx]*c.*)?");
    private static final String DELETED = " (deleted)";

    private SupervisordCommand() {}

    /** @param exe empty if it may not be read: then its words decide */
    public static boolean is(String exe, List<String> argv) {
        int first = !argv.isEmpty() && EMULATOR.matcher(argv.get(0)).matches() ? 1 : 0;
        if (first >= argv.size()) {
            return false;
        }
        String name = argv.get(first);
        // a venv's python may go by any name
        boolean interpreter = INTERPRETER.matcher(name).matches()
                || INTERPRETER.matcher(exe.replace(DELETED, "")).matches();
        return PROGRAM.matcher(name).matches() || interpreter && runsSupervisord(argv.subList(first + 1, argv.size()));
    }

    /** @param words of an interpreter, without its own name */
    private static boolean runsSupervisord(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            Matcher module = TAKES_MODULE.matcher(words.get(at));
            if (module.matches()) {
                String name = module.group(1);
                return (name.isEmpty() && at + 1 < words.size() ? words.get(at + 1) : name).equals(MODULE);
            }
            if (TAKES_CODE.matcher(words.get(at)).matches()) {
                return false;
            }
            at += FLAGS_WITH_VALUE.contains(words.get(at)) ? 2 : 1;
        }
        return at < words.size() && PROGRAM.matcher(words.get(at)).matches();
    }
}
