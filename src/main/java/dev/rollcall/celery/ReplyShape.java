package dev.rollcall.celery;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Follows one answer of Redis from its heads, the lines that are an answer or announce one: the client library believes whatever they
 * say, and allocates and recurses accordingly.
 */
final class ReplyShape {
    private static final int DEEPEST = 8;
    private static final int MOST_ITEMS = 200_000;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern COUNT = Pattern.compile("-1|\\d{1,9}");
    private static final Pattern LENGTH = Pattern.compile("-1|\\d{1,18}");
    /** The library takes these apart. */
    private static final Pattern MOVED = Pattern.compile("(MOVED|ASK) \\d{1,5} [^\\s:]+:\\d{1,5}");

    private final long largest;
    private final int[] missing = new int[DEEPEST];
    private int depth;
    private long items;
    private long bytes;

    /** @param largest of one value; all values of an answer may have twice as much together */
    ReplyShape(long largest) {
        this.largest = largest;
    }

    /** @return the length of the value that follows; -1 if none does */
    long head(String line) throws IOException {
        String rest = line.substring(1, Math.max(1, line.length() - 2));
        // one within the line would be a line's end to the library
        require(line.indexOf('\r') == line.length() - 2 && line.endsWith("\r\n"));
        begin();
        long length = -1;
        switch (line.charAt(0)) {
            case '+' -> require(true);
            case '-' -> require(!rest.startsWith("MOVED ") && !rest.startsWith("ASK ")
                    || MOVED.matcher(rest).matches());
            case ':' -> require(NUMBER.matcher(rest).matches());
            case '$' -> length = value(rest);
            default -> array(line.charAt(0), rest);
        }
        while (depth > 0 && missing[depth - 1] == 0) {
            depth--;
        }
        return length;
    }

    private void begin() {
        if (depth == 0) {
            items = 0;
            bytes = 0;
        } else {
            missing[depth - 1]--;
        }
    }

    private long value(String rest) throws IOException {
        require(LENGTH.matcher(rest).matches());
        long length = Long.parseLong(rest);
        // one that is too large is passed over and holds nothing
        bytes += length > largest ? 0 : length;
        limit(bytes <= 2 * largest);
        return length;
    }

    private void array(char type, String rest) throws IOException {
        require(type == '*' && COUNT.matcher(rest).matches());
        int count = Integer.parseInt(rest);
        items += Math.max(0, count);
        limit(items <= MOST_ITEMS);
        if (count > 0) {
            limit(depth < DEEPEST);
            missing[depth++] = count;
        }
    }

    private static void require(boolean redis) throws IOException {
        if (!redis) {
            throw new IOException("this is not Redis");
        }
    }

    private static void limit(boolean kept) throws IOException {
        if (!kept) {
            throw new IOException("its answer holds more than Rollcall reads");
        }
    }
}
