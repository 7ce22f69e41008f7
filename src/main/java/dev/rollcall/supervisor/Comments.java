package dev.rollcall.supervisor;

/** Where a comment begins in a line of an ini file. */
final class Comments {
    private static final char[] MARKS = {';', '#'};

    private Comments() {}

    /** The index of the comment, or the line's length if it has none. */
    static int start(String line) {
        int first = Blank.indent(line);
        if (first < line.length() && isMark(line.charAt(first))) {
            return 0;
        }
        return inline(line);
    }

    /**
     * Python looks at the first occurrence of each mark, then at the second of each, and stops at the first round with a hit; so a
     * later {@code #} can hide an earlier {@code ;} that is not the first of its kind. Kept, for such a line means what supervisord makes of it.
     */
    private static int inline(String line) {
        int[] at = {-1, -1};
        boolean more = true;
        while (more) {
            more = false;
            int hit = line.length();
            for (int i = 0; i < MARKS.length; i++) {
                at[i] = at[i] == line.length() ? at[i] : next(line, MARKS[i], at[i] + 1);
                more |= at[i] < line.length();
                hit = begins(line, at[i]) ? Math.min(hit, at[i]) : hit;
            }
            if (hit < line.length()) {
                return hit;
            }
        }
        return line.length();
    }

    private static int next(String line, char mark, int from) {
        int index = line.indexOf(mark, from);
        return index < 0 ? line.length() : index;
    }

    private static boolean begins(String line, int index) {
        return index < line.length() && (index == 0 || Blank.is(line.charAt(index - 1)));
    }

    private static boolean isMark(char c) {
        return c == MARKS[0] || c == MARKS[1];
    }
}
