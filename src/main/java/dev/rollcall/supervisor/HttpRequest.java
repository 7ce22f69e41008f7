package dev.rollcall.supervisor;

import dev.rollcall.core.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** An XML-RPC request as bytes. HTTP/1.0, so that a server may neither keep the connection nor send the answer in chunks. */
final class HttpRequest {
    private HttpRequest() {}

    static byte[] post(ServerAddress server, byte[] body) {
        String head = "POST /RPC2 HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/xml\r\n"
                + "Content-Length: " + body.length + "\r\n" + authorization(server) + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    private static String authorization(ServerAddress server) {
        if (server.username() == null || server.password() == null) {
            return "";
        }
        byte[] login = (server.username() + ":" + server.password()).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(login) + "\r\n";
    }
}
