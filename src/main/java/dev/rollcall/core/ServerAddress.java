package dev.rollcall.core;

import org.jspecify.annotations.Nullable;

/**
 * Where supervisord's XML-RPC listens: a unix socket, or host and port.
 *
 * @param socket path of the unix socket, or null for TCP
 * @param url as supervisord puts it into {@code SUPERVISOR_SERVER_URL}
 */
public record ServerAddress(
        @Nullable String socket,
        @Nullable String host,
        int port,
        String url,
        @Nullable String username,
        @Nullable String password) {

    /** Never with the password. */
    @Override
    public String toString() {
        return url;
    }
}
