package dev.rollcall.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Text that gives its bytes back: UTF-8, with each byte that is none as the char U+DC00 + byte, which is Python's
 * {@code surrogateescape}. The kernel's words and paths are bytes; a start must repeat them exactly.
 */
final class Octets {
    private static final char REPLACEMENT = '\uFFFD';

    private Octets() {}

    static String text(byte[] bytes, int from, int length) {
        String quick = new String(bytes, from, length, StandardCharsets.UTF_8);
        return quick.indexOf(REPLACEMENT) < 0 ? quick : escaped(ByteBuffer.wrap(bytes, from, length));
    }

    /** A path's own bytes: {@code toString} loses them where the locale is C, as it is under cron and systemd. */
    static String text(Path path) {
        String raw = path.toUri().getRawPath();
        // toUri marks a directory by a slash that is not in the path
        String name = raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        byte[] bytes = percentDecoded(name);
        return text(bytes, 0, bytes.length);
    }

    private static String escaped(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(in.remaining());
        for (CoderResult result = decoder.decode(in, out, true); result.isError(); ) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (0xDC00 + (in.get() & 0xFF)));
            }
            result = decoder.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    private static byte[] percentDecoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            boolean code = raw.charAt(i) == '%';
            bytes.write(code ? Integer.parseInt(raw, i + 1, i + 3, 16) : raw.charAt(i));
            i += code ? 2 : 0;
        }
        return bytes.toByteArray();
    }
}
