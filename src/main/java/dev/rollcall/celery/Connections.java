package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The TCP connections a process has, from its own files under /proc: one of them leads to its broker. */
final class Connections {
    private static final String ESTABLISHED = "01";

    private Connections() {}

    /** @param local address and port as a server sees them, e.g. {@code 127.0.0.1:40000} */
    record Link(String local, Host remote) {}

    /** Empty for a process that is gone or not ours to look at. */
    static List<Link> of(Worker worker) {
        List<Link> links = new ArrayList<>();
        try {
            Set<String> sockets = sockets(worker);
            for (String table : List.of("net/tcp", "net/tcp6")) {
                for (String line : Files.readAllLines(worker.proc(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[3].equals(ESTABLISHED) && sockets.contains(fields[9])) {
                        links.add(new Link(display(host(fields[1])), host(fields[2])));
                    }
                }
            }
        } catch (IOException e) {
            return List.copyOf(links);
        }
        return links;
    }

    private static Set<String> sockets(Worker worker) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(worker.proc("fd"))) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // closed since the folder was listed
            return "";
        }
    }

    private static String display(Host host) {
        return host.name() + ":" + host.port();
    }

    /** {@code 0100007F:18EB}: words of 32 bits in the machine's byte order, little-endian wherever Java and Celery run together. */
    static Host host(String hex) {
        String[] parts = hex.split(":");
        StringBuilder bytes = new StringBuilder();
        for (int word = 0; word + 8 <= parts[0].length(); word += 8) {
            for (int octet = word + 6; octet >= word; octet -= 2) {
                bytes.append(parts[0], octet, octet + 2);
            }
        }
        return new Host(address(bytes.toString()), Integer.parseInt(parts[1], 16));
    }

    private static String address(String hex) {
        boolean mapped = hex.length() == 32 && hex.startsWith("00000000000000000000FFFF");
        String plain = mapped ? hex.substring(24) : hex;
        int step = plain.length() == 8 ? 2 : 4;
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < plain.length(); i += step) {
            int value = Integer.parseInt(plain.substring(i, i + step), 16);
            parts.add(step == 2 ? Integer.toString(value) : Integer.toHexString(value));
        }
        return String.join(step == 2 ? "." : ":", parts);
    }
}
