package dev.rollcall.trigger.http;

import dev.rollcall.config.Triggers;
import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Where the engine listens, and for whom: checked before anything is opened. */
record Doorstep(String address, int port, Optional<Token> token, HttpServerOptions options) {
    private static final int LONGEST_LINE = 4 << 10;
    private static final int LARGEST_HEADERS = 16 << 10;

    static Doorstep of(Triggers.Http http, Limits limits) throws UsageException {
        InetAddress[] addresses = resolved(http.host());
        boolean loopback = Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
        if (!loopback && http.token().isEmpty()) {
            throw new UsageException("tried to listen on " + http.host()
                    + " but without a token everybody who reaches it could restart; set token_file under triggers.http, "
                    + "or host: 127.0.0.1");
        }
        Optional<Token> token =
                http.token().isPresent() ? Optional.of(Token.read(http.token().get())) : Optional.empty();
        return new Doorstep(addresses[0].getHostAddress(), http.port(), token, options(http, limits));
    }

    private static InetAddress[] resolved(String host) throws UsageException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UsageException(
                    "tried to listen on " + host + " but this host is not known; write an address of this machine");
        }
    }

    private static HttpServerOptions options(Triggers.Http http, Limits limits) throws UsageException {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setTcpNoDelay(true)
                .setReuseAddress(true);
        if (http.certificate().isPresent() != http.key().isPresent()) {
            throw new UsageException(
                    "tried to set up TLS but only one of cert_file and key_file is given; give both or none");
        }
        if (http.certificate().isPresent()) {
            options.setSsl(true)
                    .setSslHandshakeTimeout(limits.head().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(pem(http.certificate().get(), "certificate"))
                            .addKeyValue(key(http.key().orElseThrow())));
        }
        return options;
    }

    private static Buffer key(Path file) throws UsageException {
        Buffer key = pem(file, "private key");
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new UsageException("tried to use " + file
                        + " as private key but everybody on this machine may read it; run: chmod o-rwx " + file);
            }
        } catch (IOException e) {
            throw unreadable(file, "private key");
        }
        return key;
    }

    private static Buffer pem(Path file, String what) throws UsageException {
        Trust.check(file, what.equals("certificate") ? Trust.Kind.CERTIFICATE : Trust.Kind.SECRET);
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, what);
        }
    }

    private static UsageException unreadable(Path file, String what) {
        return new UsageException("tried to read the " + what + " in " + file
                + " but it cannot be read; check that it is there and its rights");
    }
}
