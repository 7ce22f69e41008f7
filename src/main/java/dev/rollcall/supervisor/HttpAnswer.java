package dev.rollcall.supervisor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Collects an HTTP answer piece by piece and knows when it is whole, without waiting for the server to hang up. */
final class HttpAnswer {
    private static final int MOST_HEAD = 64 * 1024;
    private static final int MOST = 16 * 1024 * 1024;
    private static final String LENGTH = "content-length:";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    private String head = "";
    private int bodyAt = -1;
    private long end = Long.MAX_VALUE;

    void add(ByteBuffer piece) throws Malformed {
        bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        if (bytes.size() > MOST) {
            throw new Malformed("it is larger than 16 MB");
        }
        if (bodyAt < 0) {
            readHead();
        }
    }

    boolean whole() {
        return bytes.size() >= end;
    }

    /** To be asked when the server has hung up: whether all that was promised has come. */
    void finish() throws Malformed {
        if (bodyAt < 0 || end != Long.MAX_VALUE && bytes.size() < end) {
            throw new Malformed(bytes.size() == 0 ? "it is empty" : "it breaks off");
        }
    }

    int status() throws Malformed {
        String[] words = head.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[0-9]{3}")) {
            throw new Malformed("it is not HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes.toByteArray(), bodyAt, (int) Math.min(bytes.size(), end));
    }

    private void readHead() throws Malformed {
        String start = bytes.toString(StandardCharsets.ISO_8859_1);
        int blankLine = start.indexOf("\r\n\r\n");
        if (blankLine >= 0) {
            bodyAt = blankLine + 4;
            head = start.substring(0, blankLine);
            end = length();
        } else if (start.length() > MOST_HEAD || !"HTTP/".startsWith(start.substring(0, Math.min(5, start.length())))) {
            throw new Malformed("it is not HTTP");
        }
    }

    private long length() throws Malformed {
        long found = Long.MAX_VALUE;
        for (String line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
            if (line.startsWith("transfer-encoding:")) {
                throw new Malformed("it comes in chunks, which HTTP/1.0 has not");
            }
            if (line.startsWith(LENGTH)) {
                int length = Numbers.find(line.substring(LENGTH.length())).orElse(-1);
                if (length < 0 || length > MOST) {
                    throw new Malformed("its Content-Length is not from 0 to 16 MB");
                }
                if (found != Long.MAX_VALUE && found != (long) bodyAt + length) {
                    throw new Malformed("it has two lengths");
                }
                found = (long) bodyAt + length;
            }
        }
        return found;
    }
}
