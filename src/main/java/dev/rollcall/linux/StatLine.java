package dev.rollcall.linux;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The part of {@code /proc/PID/stat} that tells one process from another.
 *
 * @param state the letter of field 3
 * @param flags field 9, the kernel's {@code PF_*}
 * @param nice field 19
 * @param startTicks field 22
 */
record StatLine(long pid, char state, long ppid, long pgid, long sid, long flags, int nice, long startTicks) {
    private static final long PF_KTHREAD = 0x00200000;
    private static final int STATE = 3;
    private static final int PPID = 4;
    private static final int PGID = 5;
    private static final int SID = 6;
    private static final int FLAGS = 9;
    private static final int NICE = 19;
    private static final int START = 22;

    /**
     * The name in parentheses may hold anything, parentheses and newlines too: fields are counted from the last ')'.
     *
     * @throws UncheckedIOException if it is no such line
     */
    static StatLine parse(byte[] bytes, int length) {
        int close = length - 1;
        while (close >= 0 && bytes[close] != ')') {
            close--;
        }
        if (close < 0) {
            throw malformed();
        }
        int[] starts = fieldStarts(bytes, close + 1, length);
        return new StatLine(
                natural(bytes, 0, length),
                (char) (bytes[starts[STATE]] & 0xFF),
                number(bytes, starts[PPID], length),
                number(bytes, starts[PGID], length),
                number(bytes, starts[SID], length),
                number(bytes, starts[FLAGS], length),
                (int) number(bytes, starts[NICE], length),
                natural(bytes, starts[START], length));
    }

    /** A zombie has ended; only its parent has not asked yet. */
    boolean ended() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    /** By flag, not by parent: in a container pid 2 is a process like any other. */
    boolean kernelThread() {
        return (flags & PF_KTHREAD) != 0;
    }

    private static int[] fieldStarts(byte[] bytes, int from, int length) {
        int[] starts = new int[START + 1];
        int field = STATE;
        for (int at = from; at + 1 < length && field <= START; at++) {
            if (bytes[at] == ' ') {
                starts[field++] = at + 1;
            }
        }
        if (field <= START) {
            throw malformed();
        }
        return starts;
    }

    /**
     * Process groups of processes outside our namespace are 0, the terminal's group may be -1: a sign is allowed. A number must be
     * followed by a blank: one that is cut off would be another's.
     */
    static long number(byte[] bytes, int from, int length) {
        int at = from < length && bytes[from] == '-' ? from + 1 : from;
        int first = at;
        long value = 0;
        for (; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            int digit = bytes[at] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        if (at == first || at >= length || bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\n') {
            throw malformed();
        }
        return first == from ? value : -value;
    }

    private static long natural(byte[] bytes, int from, int length) {
        long number = number(bytes, from, length);
        if (number < 0) {
            throw malformed();
        }
        return number;
    }

    private static UncheckedIOException malformed() {
        return new UncheckedIOException(
                "tried to read a process's stat line but it has not the fields proc(5) promises; mount a real procfs",
                new IOException("no stat line"));
    }
}
