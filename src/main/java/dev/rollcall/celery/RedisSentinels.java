package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Access;
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
        boolean denied = false;
        for (Host sentinel : sentinels.hosts()) {
            Broker one = sentinel(sentinels, sentinel);
            try (RedisConnection connection = RedisConnection.open(one, deadline, findings)) {
                Host master = ask(connection, sentinels.masterName(), deadline);
                if (master != null) {
                    return sentinels.at(master);
                }
            } catch (NoWayIn e) {
                denied |= noted(e.finding(), findings);
            } catch (JedisException e) {
                denied |= noted(RedisTrouble.of(one, e), findings);
            }
        }
        throw denied ? denied(sentinels) : unknown(sentinels);
    }

    /** @return whether it is about a login, which is told of all at once */
    private static boolean noted(Finding finding, Findings findings) {
        boolean denied = finding.code().equals("BROKER_DENIED");
        if (!denied) {
            findings.add(finding);
        }
        return denied;
    }

    private static NoWayIn denied(Broker sentinels) {
        return new NoWayIn(
                Finding.warning(
                        "BROKER_DENIED",
                        "tried to ask " + sentinels + " for the master but the sentinels did not accept the login",
                        "give user and password to the sentinels too, as sentinel_kwargs in the application's broker_transport_options"));
    }

    private static NoWayIn unknown(Broker sentinels) {
        return new NoWayIn(Finding.warning(
                "BROKER_UNREACHABLE",
                "tried to find the master behind " + sentinels + " but no sentinel names one",
                "check the sentinels, and master_name in broker_transport_options or in the URL's query"));
    }

    private static Broker sentinel(Broker of, Host host) {
        Access access = of.access();
        return access == null ? server(host, Login.NONE, of.tls()) : server(host, access.login(), access.tls());
    }

    private static Broker server(Host host, Login login, @Nullable Tls tls) {
        return new Broker("redis", List.of(host), null, login, 0, tls, null, null, Naming.USUAL);
    }

    private static @Nullable Host ask(RedisConnection connection, @Nullable String name, Deadline deadline) {
        String master = name == null ? onlyMaster(connection, deadline) : name;
        if (master == null) {
            return null;
        }
        CommandArguments question = new CommandArguments(Command.SENTINEL)
                .add("GET-MASTER-ADDR-BY-NAME")
                .add(master);
        Object answer = answer(connection, question, deadline);
        boolean pair = answer instanceof List<?> address && address.size() == 2;
        String port = pair ? text(((List<?>) answer).get(1)) : "";
        return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 0xffff
                ? new Host(text(((List<?>) answer).get(0)), Integer.parseInt(port))
                : null;
    }

    /** Sentinels that watch one master need not be told its name. */
    private static @Nullable String onlyMaster(RedisConnection connection, Deadline deadline) {
        CommandArguments question = new CommandArguments(Command.SENTINEL).add("MASTERS");
        Object answer = answer(connection, question, deadline);
        boolean one = answer instanceof List<?> masters && masters.size() == 1;
        if (one && ((List<?>) answer).get(0) instanceof List<?> fields && fields.size() > 1) {
            return text(fields.get(1));
        }
        return null;
    }

    private static Object answer(RedisConnection connection, CommandArguments question, Deadline deadline) {
        Object answer = connection.all(deadline, List.of(question)).get(0);
        if (answer instanceof JedisException refusal) {
            throw refusal;
        }
        return answer;
    }

    private static String text(Object bytes) {
        return bytes instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }
}
