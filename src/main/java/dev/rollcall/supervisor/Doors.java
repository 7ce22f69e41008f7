package dev.rollcall.supervisor;

import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.Reach;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Where to knock, and what it means that nobody opens. */
final class Doors {
    private Doors() {}

    static SocketAddress address(ServerAddress server) throws Unreachable {
        String socket = server.socket();
        if (socket != null) {
            return unix(socket);
        }
        String host = server.host() == null || server.host().equals("localhost") ? "127.0.0.1" : server.host();
        InetSocketAddress address = new InetSocketAddress(host, server.port());
        if (address.isUnresolved()) {
            throw new Unreachable(Reach.ABSENT, "the host " + host + " has no address");
        }
        return address;
    }

    static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    /** By type where Java tells causes apart by type; the texts of the system are translated. */
    static Unreachable shut(SocketAddress address, IOException cause) {
        if (cause instanceof BindException) { // so Java calls EACCES
            return new Unreachable(Reach.DENIED, "this user may not connect to it");
        }
        if (cause instanceof ConnectException) {
            return new Unreachable(Reach.ABSENT, "nothing listens there");
        }
        if (address instanceof UnixDomainSocketAddress unix) {
            return missing(unix.getPath(), cause);
        }
        return new Unreachable(Reach.ABSENT, "it cannot be reached (" + cause.getMessage() + ")");
    }

    private static SocketAddress unix(String socket) throws Unreachable {
        try {
            return UnixDomainSocketAddress.of(socket);
        } catch (InvalidPathException e) {
            throw new Unreachable(Reach.ABSENT, "its name is no path (" + e.getReason() + ")");
        }
    }

    private static Unreachable missing(Path socket, IOException cause) {
        try {
            Files.readAttributes(socket, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            return new Unreachable(Reach.DENIED, "this user may not enter the folder of the socket");
        } catch (IOException e) {
            return new Unreachable(Reach.ABSENT, "the socket does not exist");
        }
        // It is there and neither refuses nor is forbidden: its queue is full because it accepts nobody.
        return new Unreachable(Reach.SILENT, "it accepts nobody (" + cause.getMessage() + ")");
    }
}
