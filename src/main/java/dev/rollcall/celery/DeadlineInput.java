package dev.rollcall.celery;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.Supplier;

/** A socket's input with one deadline for all that is read: its own timeout is for each read, and a trickle of bytes would hold us. */
final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Supplier<Deadline> deadline;

    DeadlineInput(Socket socket, Supplier<Deadline> deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Deadline now = deadline.get();
        if (now.passed()) {
            throw new SocketTimeoutException("Read timed out");
        }
        socket.setSoTimeout(now.leftMillis());
        return in.read(buffer, offset, length);
    }
}
