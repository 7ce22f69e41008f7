package dev.rollcall.journal;

import dev.rollcall.core.Entry;
import dev.rollcall.json.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lines of a journal up to the first that is torn or altered: what follows it cannot be trusted.
 *
 * @param length of the lines that can be, in bytes
 */
record Lines<T>(List<T> whole, int length) {
    /** Everything, read and checked. */
    static Lines<Entry> entries(byte[] text, String runId) {
        return of(text, line -> EventCodec.entry(line).filter(e -> e.runId().equals(runId)));
    }

    /** Checked only: a tenth of the work, for lists of many runs. */
    static Lines<String> checked(byte[] text, String runId) {
        String mine = "\"run_id\":\"" + runId + "\"";
        return of(text, line -> Optional.of(line).filter(l -> l.contains(mine) && EventCodec.isWhole(l)));
    }

    /** A line without its break is a torn one: whoever wrote it was not told that it is on disk. */
    private static <T> Lines<T> of(byte[] text, Function<String, Optional<T>> read) {
        List<T> whole = new ArrayList<>();
        int length = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                Optional<T> line = read.apply(new String(text, length, at - length, StandardCharsets.UTF_8));
                if (line.isEmpty()) {
                    break;
                }
                whole.add(line.get());
                length = at + 1;
            }
        }
        return new Lines<>(List.copyOf(whole), length);
    }

    byte[] rest(byte[] text) {
        return Arrays.copyOfRange(text, length, text.length);
    }

    /** More is wrong than what a cut leaves behind, which is one line without its break. */
    boolean isDamaged(byte[] text) {
        for (int at = length; at < text.length; at++) {
            if (text[at] == '\n') {
                return true;
            }
        }
        return false;
    }
}
