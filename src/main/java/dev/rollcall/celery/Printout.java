package dev.rollcall.celery;

import dev.rollcall.core.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * What {@code celery inspect --json} printed: the answer, among lines that the application may print of its own, before and after.
 *
 * @param answered whether there was any JSON
 * @param noisy whether a line looked like the answer and was none
 */
record Printout(List<Reply> replies, boolean answered, boolean noisy) {
    /** Every line may look like an answer up to its end. */
    private static final long MOST_WORK = 5L * Json.LARGEST;

    static Printout read(String method, byte[] out) {
        Printout found = new Printout(List.of(), false, false);
        long work = 0;
        for (int at = start(out, 0); at >= 0 && work < MOST_WORK; at = start(out, at + 1)) {
            ByteArrayInputStream in = new ByteArrayInputStream(out, at, out.length - at);
            found = found.or(method, in);
            if (found.replies.stream().anyMatch(Answers::isOfKnownShape)) {
                return found;
            }
            work += out.length - at - in.available();
        }
        return found;
    }

    private Printout or(String method, ByteArrayInputStream in) {
        try {
            return new Printout(Answers.read(method, Json.answer(in)), true, noisy || answered);
        } catch (IOException e) {
            return new Printout(replies, answered, true);
        }
    }

    /** Of the next line that begins with a brace. */
    private static int start(byte[] out, int from) {
        for (int at = from; at < out.length; at++) {
            if (out[at] == '{' && (at == 0 || out[at - 1] == '\n')) {
                return at;
            }
        }
        return -1;
    }
}
