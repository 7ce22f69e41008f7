package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import dev.rollcall.celery.Broker.Login;
import dev.rollcall.core.Finding;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads broker URLs as kombu does, which is not as java.net.URI does: passwords and host names may hold anything. */
final class BrokerUrl {
    private static final Map<String, Integer> PORTS = Map.of("redis", 6379, "sentinel", 26379, "amqp", 5672);

    private final String scheme;
    private final String authority;
    private final String path;
    private final Map<String, String> query;

    private BrokerUrl(String url) throws NoWayIn {
        int colon = url.indexOf("://");
        if (colon <= 0) {
            throw bad("it has no scheme");
        }
        scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = url.substring(colon + 3);
        int question = rest.indexOf('?');
        query = question < 0 ? Map.of() : query(rest.substring(question + 1));
        String front = question < 0 ? rest : rest.substring(0, question);
        int slash = front.indexOf('/');
        authority = slash < 0 ? front : front.substring(0, slash);
        path = slash < 0 ? "" : front.substring(slash);
    }

    /** The brokers of a URL: several, parted by semicolons, stand in for each other; those of sentinels are one. */
    static List<Broker> read(String urls) throws NoWayIn {
        List<Broker> brokers = new ArrayList<>();
        for (String url : urls.split(";")) {
            if (!url.isBlank()) {
                brokers.add(new BrokerUrl(url.strip()).broker());
            }
        }
        boolean sentinels =
                brokers.size() > 1 && brokers.stream().allMatch(b -> b.scheme().equals("sentinel"));
        return sentinels ? List.of(joined(brokers)) : List.copyOf(brokers);
    }

    private static Broker joined(List<Broker> sentinels) {
        Broker first = sentinels.get(0);
        List<Host> hosts = sentinels.stream().flatMap(b -> b.hosts().stream()).toList();
        return new Broker(
                first.scheme(),
                hosts,
                null,
                first.login(),
                first.db(),
                first.tls(),
                first.masterName(),
                first.access(),
                first.naming());
    }

    private Broker broker() throws NoWayIn {
        boolean unix = scheme.equals("redis+socket") || scheme.equals("socket") || scheme.equals("unix");
        String plain = plainScheme();
        Tls tls = scheme.equals("rediss") || scheme.equals("amqps") ? Tls.of(query) : null;
        return new Broker(
                plain,
                unix ? List.of() : hosts(plain),
                unix ? path : null,
                login(),
                plain.equals("amqp") ? 0 : database(unix),
                tls,
                query.get("master_name"),
                null,
                Naming.USUAL);
    }

    private String plainScheme() {
        return switch (scheme) {
            case "rediss", "redis+socket", "socket", "unix" -> "redis";
            case "amqps", "pyamqp", "librabbitmq" -> "amqp";
            default -> scheme;
        };
    }

    private List<Host> hosts(String plain) throws NoWayIn {
        int standard = PORTS.getOrDefault(plain, 0);
        List<Host> hosts = new ArrayList<>();
        for (String part : authority.substring(authority.lastIndexOf('@') + 1).split(",")) {
            int bracket = part.lastIndexOf(']');
            int colon = part.lastIndexOf(':');
            String name = colon > bracket ? part.substring(0, colon) : part;
            int port = colon > bracket ? number(part.substring(colon + 1), standard) : standard;
            hosts.add(new Host(host(name), port));
        }
        return hosts;
    }

    /** One name for this machine, so that the same broker is not spoken to twice. */
    private static String host(String name) {
        String bare = name.replace("[", "").replace("]", "");
        return bare.isEmpty() || bare.equals("localhost") ? "127.0.0.1" : bare;
    }

    private Login login() {
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            String password = query.get("password");
            return password == null ? Login.NONE : new Login(query.get("username"), password);
        }
        String[] parts = authority.substring(0, at).split(":", 2);
        String user = decoded(parts[0]);
        return new Login(
                user.isEmpty() ? null : user, parts.length < 2 || parts[1].isEmpty() ? null : decoded(parts[1]));
    }

    private int database(boolean unix) throws NoWayIn {
        String in = query.getOrDefault("virtual_host", query.getOrDefault("db", ""));
        String number = unix || !in.isEmpty() ? in : path;
        return number(number.replace("/", ""), 0);
    }

    private static int number(String text, int absent) throws NoWayIn {
        if (text.isEmpty()) {
            return absent;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw bad("a port or database in it is no number");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return query;
    }

    /** A stray percent sign stays as it is, as in Python. */
    private static String decoded(String text) {
        @Nullable String result;
        try {
            result = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            result = text;
        }
        return result;
    }

    /** The URL itself stays out of the message: a broken one may hold its password anywhere. */
    private static NoWayIn bad(String cause) {
        return new NoWayIn(Finding.warning(
                "BROKER_URL_INVALID",
                "tried to read a broker URL but " + cause,
                "write it as redis://user:password@host:6379/0, with special characters percent-encoded"));
    }
}
