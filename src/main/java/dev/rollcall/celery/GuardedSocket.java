package dev.rollcall.celery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Supplier;

/** A connected socket whose input never announces more than we are ready to hold and never lasts longer than we are ready to wait. */
final class GuardedSocket extends Socket {
    private final Socket inner;
    private final InputStream input;

    GuardedSocket(Socket inner, Supplier<Deadline> deadline, Runnable dropped) throws IOException {
        this.inner = inner;
        this.input = new SizeLimitedInput(
                new BufferedInputStream(new DeadlineInput(inner, deadline)), Json.LARGEST, dropped);
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
    public void close() throws IOException {
        inner.close();
    }
}
