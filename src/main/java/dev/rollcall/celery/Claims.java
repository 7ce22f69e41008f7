package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import dev.rollcall.celery.Broker.Login;
import dev.rollcall.celery.Claim.Origin;
import dev.rollcall.celery.Connections.Link;
import dev.rollcall.port.Celery.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Where the URL of a worker's broker can be read off without running anything of the user's. */
final class Claims {
    /** A guess may not cost more. */
    private static final Duration PROBE = Duration.ofMillis(300);
    /** Servers that count strange greetings against us, and that are no Redis for sure. */
    private static final Set<Integer> NO_REDIS = Set.of(22, 25, 53, 80, 443, 3306, 5432, 5671, 5672, 11211, 27017);

    private Claims() {}

    /** From Rollcall's configuration, the command line and the environment; takes no time. */
    static List<Claim> written(Worker worker, Settings settings, Findings findings) {
        Map<String, Origin> urls = new LinkedHashMap<>();
        String configured = settings.broker();
        if (configured != null) {
            urls.put(configured, Origin.CONFIGURATION);
        }
        worker.arguments().broker().ifPresent(u -> urls.putIfAbsent(u, Origin.COMMAND_LINE));
        worker.variable("CELERY_BROKER_READ_URL").ifPresent(u -> urls.putIfAbsent(u, Origin.ENVIRONMENT));
        worker.variable("CELERY_BROKER_URL").ifPresent(u -> urls.putIfAbsent(u, Origin.ENVIRONMENT));
        List<Claim> claims = new ArrayList<>();
        urls.forEach((url, origin) -> claims.addAll(read(worker, url, origin, findings)));
        return claims;
    }

    private static List<Claim> read(Worker worker, String url, Origin origin, Findings findings) {
        try {
            return BrokerUrl.read(url).stream()
                    .map(b -> new Claim(worker.pid(), b, origin))
                    .toList();
        } catch (NoWayIn e) {
            findings.add(e.finding());
            return List.of();
        }
    }

    /** From the connections the worker has: a Redis at their other end says itself which database each of them uses. */
    static List<Claim> connected(Worker worker, Deadline deadline, Findings findings) {
        Map<Host, Set<String>> links = new LinkedHashMap<>();
        for (Link link : Connections.of(worker)) {
            if (!NO_REDIS.contains(link.remote().port())) {
                links.computeIfAbsent(link.remote(), h -> new LinkedHashSet<>()).add(link.local());
            }
        }
        Set<Claim> claims = new LinkedHashSet<>();
        links.forEach((host, locals) -> databases(host, locals, deadline.atMost(PROBE), findings)
                .forEach(db -> claims.add(new Claim(worker.pid(), redis(host, db), Origin.CONNECTION))));
        return List.copyOf(claims);
    }

    private static Set<Integer> databases(Host host, Set<String> locals, Deadline deadline, Findings findings) {
        Broker server = redis(host, 0);
        try (RedisConnection connection = RedisConnection.open(server, deadline, findings)) {
            List<Object> answers = connection.all(
                    deadline,
                    List.of(new CommandArguments(Command.PING), new CommandArguments(Command.CLIENT).add("LIST")));
            if (answers.get(0) instanceof JedisException e) {
                findings.add(RedisTrouble.of(server, e));
                return Set.of();
            }
            // one that does not list its clients is asked in its first database
            return answers.get(1) instanceof byte[] list ? databases(list, locals) : Set.of(0);
        } catch (NoWayIn e) {
            findings.add(e.finding());
        } catch (JedisException e) {
            findings.add(RedisTrouble.of(server, e));
        }
        return Set.of();
    }

    private static Set<Integer> databases(byte[] clients, Set<String> locals) {
        Set<Integer> databases = new LinkedHashSet<>();
        for (String line : new String(clients, StandardCharsets.UTF_8).split("\n")) {
            Map<String, String> client = new LinkedHashMap<>();
            for (String field : line.strip().split(" ")) {
                String[] parts = field.split("=", 2);
                client.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
            boolean listens = !client.getOrDefault("psub", "0").equals("0");
            if (listens && locals.contains(client.getOrDefault("addr", ""))) {
                databases.add(Integer.parseInt(client.getOrDefault("db", "0")));
            }
        }
        return databases;
    }

    private static Broker redis(Host host, int db) {
        return new Broker("redis", List.of(host), null, Login.NONE, db, null, null, Naming.USUAL);
    }
}
