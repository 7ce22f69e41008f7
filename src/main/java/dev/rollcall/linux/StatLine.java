package dev.rollcall.linux;

/**
 * The part of {@code /proc/PID/stat} that tells one process from another.
 *
 * @param state the letter of field 3
 * @param flags field 9, the kernel's {@code PF_*}
 * @param startTicks field 22
 */
record StatLine(long pid, char state, long ppid, long pgid, long sid, long flags, long startTicks) {
    private static final long PF_KTHREAD = 0x00200000;
    private static final int STATE = 3;
    private static final int PPID = 4;
    private static final int PGID = 5;
    private static final int SID = 6;
    private static final int FLAGS = 9;
    private static final int START = 22;

    /**
     * The name in parentheses may hold anything, parentheses and newlines too: fields are counted from the last ')'.
     *
     * @throws IllegalArgumentException if it is no such line
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
                number(bytes, 0, length),
                (char) (bytes[starts[STATE]] & 0xFF),
                number(bytes, starts[PPID], length),
                number(bytes, starts[PGID], length),
                number(bytes, starts[SID], length),
                number(bytes, starts[FLAGS], length),
                number(bytes, starts[START], length));
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

    /** Process groups of processes outside our namespace are 0, the terminal's group may be -1: a sign is allowed. */
    static long number(byte[] bytes, int from, int length) {
        int at = bytes[from] == '-' ? from + 1 : from;
        int first = at;
        long value = 0;
        for (; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = value * 10 + (bytes[at] - '0');
        }
        if (at == first) {
            throw malformed();
        }
        return first == from ? value : -value;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "tried to read a process's stat line but it has not the fields proc(5) promises; mount a real procfs");
    }
}
