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
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Where the URL of a worker's broker can be read off without running anything of the user's. */
final class Claims {
    /** A guess may not cost more; it is made beside other ways, and a Redis that is silent for so long is in trouble. */
    private static final Duration PROBE = Duration.ofSeconds(1);
    /** Servers that count strange greetings against us, and that are no Redis for sure. */
    private static final Set<Integer> NO_REDIS = Set.of(22, 25, 53, 80, 443, 3306, 5432, 5671, 5672, 11211, 27017);

    /** Among those, where a broker of another kind may be. */
    private static final Set<Integer> OTHER_BROKERS = Set.of(443, 5671, 5672);

    /**
     * What the connections of a worker lead to.
     *
     * @param mute whether nobody at their other ends says a word: then its broker does not either
     */
    record Linked(List<Claim> claims, boolean mute) {}

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
    static Linked connected(Worker worker, Deadline deadline, Findings findings) {
        Map<Host, Set<String>> links = new LinkedHashMap<>();
        boolean mute = true;
        for (Link link : Connections.of(worker)) {
            if (!NO_REDIS.contains(link.remote().port())) {
                links.computeIfAbsent(link.remote(), h -> new LinkedHashSet<>()).add(link.local());
            }
            mute &= !OTHER_BROKERS.contains(link.remote().port());
        }
        Set<Claim> claims = new LinkedHashSet<>();
        for (Map.Entry<Host, Set<String>> link : links.entrySet()) {
            Optional<Set<Integer>> databases =
                    databases(link.getKey(), link.getValue(), deadline.atMost(PROBE), findings);
            mute &= databases.isEmpty();
            databases
                    .orElse(Set.of())
                    .forEach(db -> claims.add(new Claim(worker.pid(), redis(link.getKey(), db), Origin.CONNECTION)));
        }
        return new Linked(List.copyOf(claims), mute && !links.isEmpty());
    }

    /** Empty if the server is silent. */
    private static Optional<Set<Integer>> databases(
            Host host, Set<String> locals, Deadline deadline, Findings findings) {
        Broker server = redis(host, 0);
        try (RedisConnection connection = RedisConnection.open(server, deadline, findings)) {
            List<Object> answers = connection.all(
                    deadline,
                    List.of(new CommandArguments(Command.PING), new CommandArguments(Command.CLIENT).add("LIST")));
            if (answers.get(0) instanceof JedisException e) {
                findings.add(RedisTrouble.of(server, e));
                return Optional.of(Set.of());
            }
            // one that does not list its clients is asked in its first database
            return Optional.of(answers.get(1) instanceof byte[] list ? databases(list, locals) : Set.of(0));
        } catch (NoWayIn e) {
            findings.add(e.finding());
            return RedisTrouble.isSilence(e) ? Optional.empty() : Optional.of(Set.of());
        } catch (JedisException e) {
            findings.add(RedisTrouble.of(server, e));
            return RedisTrouble.isSilence(e) ? Optional.empty() : Optional.of(Set.of());
        }
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
        return new Broker("redis", List.of(host), null, Login.NONE, db, null, null, null, Naming.USUAL);
    }
}
