package dev.rollcall.core;

import java.util.List;
import java.util.Map;

/**
 * One row of the process table.
 *
 * @param startTicks clock ticks since boot, field 22 of {@code /proc/PID/stat}
 * @param state the letter of field 3, e.g. {@code S}, {@code T}, {@code Z}
 * @param exe target of {@code /proc/PID/exe}; empty if it may not be read
 * @param argv {@code /proc/PID/cmdline}; empty for a zombie or a kernel thread
 * @param marks the {@code SUPERVISOR_*} variables of its environment and {@code REMAP_SIGTERM}; empty if it may not be read
 */
public record ProcessEntry(
        long pid,
        long startTicks,
        long ppid,
        long pgid,
        long sid,
        char state,
        long uid,
        String exe,
        List<String> argv,
        Map<String, String> marks) {

    /** The mark that tells the pid and mount namespaces of a process that has other marks. */
    public static final String NAMESPACES = "namespaces";

    /** Whether this is a supervisord, by its executable and its command line. */
    public boolean isSupervisord() {
        return SupervisordCommand.is(exe, argv);
    }

    /** Whether it is one, or what one was started through, or only has the word: what is below it is left alone. */
    boolean mayBeSupervisord() {
        return isSupervisord()
                || argv.stream().limit(3).anyMatch(word -> {
                    String name = word.substring(word.lastIndexOf('/') + 1);
                    return name.equals("supervisord")
                            || name.equals("supervisor.supervisord")
                            || name.equals("supervisord.py");
                });
    }

    public String namespaces() {
        return marks.getOrDefault(NAMESPACES, "");
    }

    public ProcessEntry {
        argv = List.copyOf(argv);
        marks = Map.copyOf(marks);
    }

    /** A zombie has ended; only its parent has not asked yet. */
    public boolean ended() {
        return state == 'Z' || state == 'X';
    }

    /** By a signal; what a debugger holds is in state {@code t}. */
    public boolean stopped() {
        return state == 'T';
    }

    public ProcessIdentity identity(String bootId) {
        return new ProcessIdentity(pid, startTicks, bootId);
    }
}
