package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import dev.rollcall.celery.Broker.Login;
import dev.rollcall.core.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Asks sentinels where the master is; asked anew for every connection, as a failover moves it. */
final class RedisSentinels {
    private RedisSentinels() {}

    static Broker master(Broker sentinels, Deadline deadline, Findings findings) throws NoWayIn {
        for (Host sentinel : sentinels.hosts()) {
            // the login in such a URL is for the master; sentinels seldom want one
            Broker one = server(sentinels, sentinel, Login.NONE, 0);
            try (RedisConnection connection = RedisConnection.open(one, deadline, findings)) {
                Host master = ask(connection, sentinels.masterName(), deadline);
                if (master != null) {
                    return server(sentinels, master, sentinels.login(), sentinels.db());
                }
            } catch (NoWayIn e) {
                findings.add(e.finding());
            } catch (JedisException e) {
                findings.add(RedisTrouble.of(one, e));
            }
        }
        throw new NoWayIn(Finding.warning(
                "BROKER_UNREACHABLE",
                "tried to find the master behind " + sentinels + " but no sentinel names one",
                "check the sentinels, and master_name in broker_transport_options or in the URL's query"));
    }

    private static Broker server(Broker of, Host host, Login login, int db) {
        return new Broker("redis", List.of(host), null, login, db, of.tls(), null, of.naming());
    }

    private static @Nullable Host ask(RedisConnection connection, @Nullable String name, Deadline deadline) {
        String master = name == null ? onlyMaster(connection, deadline) : name;
        if (master == null) {
            return null;
        }
        CommandArguments question = new CommandArguments(Command.SENTINEL)
                .add("GET-MASTER-ADDR-BY-NAME")
                .add(master);
        Object answer = connection.all(deadline, List.of(question)).get(0);
        boolean pair = answer instanceof List<?> address && address.size() == 2;
        String port = pair ? text(((List<?>) answer).get(1)) : "";
        return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 0xffff
                ? new Host(text(((List<?>) answer).get(0)), Integer.parseInt(port))
                : null;
    }

    /** Sentinels that watch one master need not be told its name. */
    private static @Nullable String onlyMaster(RedisConnection connection, Deadline deadline) {
        CommandArguments question = new CommandArguments(Command.SENTINEL).add("MASTERS");
        Object answer = connection.all(deadline, List.of(question)).get(0);
        boolean one = answer instanceof List<?> masters && masters.size() == 1;
        if (one && ((List<?>) answer).get(0) instanceof List<?> fields && fields.size() > 1) {
            return text(fields.get(1));
        }
        return null;
    }

    private static String text(Object bytes) {
        return bytes instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }
}
