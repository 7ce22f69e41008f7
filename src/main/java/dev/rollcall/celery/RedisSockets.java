package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens the socket that a broker's URL asks for: TCP, TLS over it, or unix; each with a size guard and within the deadline. */
record RedisSockets(
        @Nullable String unix, @Nullable Host host, @Nullable Tls tls, Supplier<Deadline> deadline, Runnable dropped)
        implements JedisSocketFactory {

    @Override
    public Socket createSocket() {
        try {
            return GuardedSocket.limited(open(), dropped);
        } catch (IOException | GeneralSecurityException e) {
            throw new JedisConnectionException(cause(e), e);
        }
    }

    private static String cause(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Socket open() throws IOException, GeneralSecurityException {
        if (unix != null) {
            return GuardedSocket.timed(
                    new UnixSocket(Path.of(unix), deadline.get().leftMillis()), deadline);
        }
        if (host == null) {
            throw new IOException("its URL names no host");
        }
        Socket socket = GuardedSocket.timed(tcp(host), deadline);
        return tls == null ? socket : secured(socket, host, tls);
    }

    private Socket tcp(Host to) throws IOException {
        IOException last = new IOException("its name has no address");
        for (InetAddress address : InetAddress.getAllByName(to.name())) {
            Socket socket = new Socket();
            try {
                socket.connect(
                        new InetSocketAddress(address, to.port()),
                        deadline.get().leftMillis());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(deadline.get().leftMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private Socket secured(Socket plain, Host to, Tls with) throws IOException, GeneralSecurityException {
        SSLSocket socket =
                (SSLSocket) TlsContext.of(with).getSocketFactory().createSocket(plain, to.name(), to.port(), true);
        if (with.verify() && with.authorities() == null) {
            // redis-py leaves the name unchecked; with the whole world's authorities that would let anyone be the
            // broker
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
