package dev.rollcall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback that nobody listens on and nobody else is given: bound, so the kernel hands it out no more, and to be reused, so who is told its
 * number can listen there all the same. One that is only looked for and let go may be somebody else's by then.
 */
public final class HeldPort implements AutoCloseable {
    private final Socket holder = new Socket();

    public HeldPort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
