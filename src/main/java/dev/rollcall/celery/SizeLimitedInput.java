package dev.rollcall.celery;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Follows the Redis protocol on its way in and puts nothing in place of a value that is too large. The client library would
 * allocate whatever length a peer announces.
 */
final class SizeLimitedInput extends InputStream {
    private static final byte[] NOTHING = "$0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 64_000;

    private final InputStream in;
    private final long largest;
    private final Runnable dropped;
    private final ReplyShape shape;
    /** Of the value under way, its line end included. */
    private long payload;

    private byte[] head = new byte[0];
    private int given;

    SizeLimitedInput(InputStream in, long largest, Runnable dropped) {
        this.in = in;
        this.largest = largest;
        this.dropped = dropped;
        this.shape = new ReplyShape(largest);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (given == head.length && payload == 0 && !nextHead()) {
            return -1;
        }
        if (given < head.length) {
            int count = Math.min(length, head.length - given);
            System.arraycopy(head, given, buffer, offset, count);
            given += count;
            return count;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, payload));
        payload -= Math.max(0, count);
        return count;
    }

    /** Reads one line, which is a whole reply or announces what follows. */
    private boolean nextHead() throws IOException {
        byte[] line = line();
        head = line;
        given = 0;
        if (line.length > 0) {
            announce(shape.head(new String(line, StandardCharsets.ISO_8859_1)));
        }
        return line.length > 0;
    }

    private void announce(long size) throws IOException {
        if (size > largest) {
            in.skipNBytes(size + 2);
            head = NOTHING;
            dropped.run();
        } else if (size >= 0) {
            payload = size + 2;
        }
    }

    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(32);
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("this is not Redis");
            }
        }
        if (line.size() > 0) {
            throw new EOFException("the broker hung up in the middle of a line");
        }
        return new byte[0];
    }
}
