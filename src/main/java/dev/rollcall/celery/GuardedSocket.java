package dev.rollcall.celery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Supplier;

/** A connected socket whose input is guarded: it never lasts longer than we wait, or never announces more than we hold. */
final class GuardedSocket extends Socket {
    private final Socket inner;
    private final InputStream input;

    private GuardedSocket(Socket inner, InputStream input) {
        this.inner = inner;
        this.input = input;
    }

    /** Belongs next to the wire: a TLS socket reads as often as its peer sends a byte, and each read has all the time anew. */
    static GuardedSocket timed(Socket inner, Supplier<Deadline> deadline) throws IOException {
        return new GuardedSocket(inner, new DeadlineInput(inner, deadline));
    }

    /** Belongs next to the client library, which believes what it is told. */
    static GuardedSocket limited(Socket inner, Runnable dropped) throws IOException {
        InputStream buffered = new BufferedInputStream(inner.getInputStream());
        return new GuardedSocket(inner, new SizeLimitedInput(buffered, Json.LARGEST, dropped));
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return inner.getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        inner.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return inner.getSoTimeout();
    }

    @Override
    public boolean isBound() {
        return inner.isBound();
    }

    @Override
    public boolean isConnected() {
        return inner.isConnected();
    }

    @Override
    public boolean isClosed() {
        return inner.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return inner.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return inner.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        inner.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        inner.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
