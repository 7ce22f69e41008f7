package dev.rollcall.check;

import dev.rollcall.config.Triggers.Http;
import dev.rollcall.core.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

/** Whether the engine could listen, and who could ask. */
final class HttpCheck {
    private static final String CODE = "HTTP_UNUSABLE";

    private HttpCheck() {}

    static List<Finding> findings(Http http) {
        List<Finding> findings = new ArrayList<>();
        String scheme = http.certificate().isPresent() ? "https" : "http";
        String who =
                http.token().map(t -> "with the token in " + t).orElse("everybody on this host, for there is no token");
        findings.add(Finding.info(
                "HTTP",
                "the engine listens on " + scheme + "://" + http.host() + ":" + http.port() + ", to " + who,
                ""));
        http.token().flatMap(t -> new KeptFile(t, CODE, "token file").trouble()).ifPresent(findings::add);
        http.certificate().ifPresent(c -> certificate(new KeptFile(c, CODE, "certificate"), findings));
        http.key().ifPresent(k -> key(new KeptFile(k, CODE, "key"), findings));
        port(http, findings);
        return findings;
    }

    private static void certificate(KeptFile file, List<Finding> findings) {
        if (file.trouble().isPresent()) {
            file.trouble().ifPresent(findings::add);
            return;
        }
        try (InputStream in = Files.newInputStream(file.path())) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                file.trouble("there is no certificate in it", "write it in PEM").ifPresent(findings::add);
            }
        } catch (CertificateException | IOException e) {
            file.trouble("it is no certificate in PEM", "write it in PEM").ifPresent(findings::add);
        }
    }

    private static void key(KeptFile file, List<Finding> findings) {
        if (file.trouble().isPresent()) {
            file.trouble().ifPresent(findings::add);
        } else if (!isKey(file.path())) {
            file.trouble(
                            "it is no private key in PEM, or one with a passphrase",
                            "write it in PEM, without a passphrase")
                    .ifPresent(findings::add);
        }
    }

    private static boolean isKey(Path path) {
        try {
            String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
            return text.contains("PRIVATE KEY-----") && !text.contains("ENCRYPTED");
        } catch (IOException e) {
            return false;
        }
    }

    /** Held for a moment and let go; a port that is held may be held by the engine itself. */
    private static void port(Http http, List<Finding> findings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(http.host()), http.port()));
        } catch (BindException e) {
            findings.add(
                    String.valueOf(e.getMessage()).contains("already in use")
                            ? Finding.warning(
                                    "PORT_HELD",
                                    "port " + http.port() + " is held now; by the engine, if it runs",
                                    "if it does not run: ss -ltnp 'sport = :" + http.port() + "'")
                            : unusable(http, e));
        } catch (UnknownHostException e) {
            findings.add(Finding.error(
                    CODE,
                    "tried to find host " + http.host() + " but it has no address",
                    "name an address of this host"));
        } catch (IOException e) {
            findings.add(unusable(http, e));
        }
    }

    private static Finding unusable(Http http, IOException e) {
        return Finding.error(
                CODE,
                "tried to listen on " + http.host() + ":" + http.port() + " but " + e.getMessage(),
                "name an address of this host and a port that may be used");
    }
}
