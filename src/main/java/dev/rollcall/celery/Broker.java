package dev.rollcall.celery;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and what its queues are called; two that are equal are one connection.
 *
 * @param scheme of the URL without TLS and socket marks: redis, sentinel, amqp, ...
 * @param socket path of a unix socket, or null
 * @param masterName of the sentinels' master, or null
 * @param access to the sentinels themselves; null if nobody said: without a login, and with TLS if the master has it
 */
record Broker(
        String scheme,
        List<Host> hosts,
        @Nullable String socket,
        Login login,
        int db,
        @Nullable Tls tls,
        @Nullable String masterName,
        @Nullable Access access,
        Naming naming) {

    record Host(String name, int port) {}

    /** Who we are to the broker. */
    record Login(@Nullable String user, @Nullable String password) {
        static final Login NONE = new Login(null, null);

        /** Never with the password. */
        @Override
        public String toString() {
            return user == null ? "" : user;
        }
    }

    /** What sentinels want to let us in; the login in a URL is for their master. */
    record Access(Login login, @Nullable Tls tls) {}

    Broker {
        hosts = List.copyOf(hosts);
    }

    Broker with(Naming names, @Nullable String master, @Nullable Tls ssl, @Nullable Access sentinels) {
        return new Broker(
                scheme,
                hosts,
                socket,
                login,
                db,
                ssl == null ? tls : ssl,
                master == null ? masterName : master,
                sentinels,
                names);
    }

    boolean hasSentinels() {
        return scheme.equals("sentinel");
    }

    /** The master that sentinels have named. */
    Broker at(Host master) {
        return new Broker("redis", List.of(master), null, login, db, tls, null, null, naming);
    }

    /** For messages: never with user or password. */
    @Override
    public String toString() {
        String where = socket != null
                ? socket
                : hosts.stream().map(h -> h.name() + ":" + h.port()).collect(Collectors.joining(","));
        return scheme + (tls == null ? "" : "s") + "://" + where + "/" + db;
    }
}
