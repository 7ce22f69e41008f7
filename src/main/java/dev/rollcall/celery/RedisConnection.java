package dev.rollcall.celery;

import dev.rollcall.celery.Broker.Host;
import dev.rollcall.celery.Broker.Login;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to a Redis server, logged in; several commands go out at once and no answer is waited for beyond a deadline. */
final class RedisConnection implements AutoCloseable {
    private final Connection connection;
    private final AtomicReference<Deadline> until;

    private RedisConnection(Connection connection, AtomicReference<Deadline> until) {
        this.connection = connection;
        this.until = until;
    }

    /** To the server itself, or to the master that the sentinels name. */
    static RedisConnection open(Broker broker, Deadline deadline, Findings findings) throws NoWayIn {
        Broker server = broker.hasSentinels() ? RedisSentinels.master(broker, deadline, findings) : broker;
        Host host = server.hosts().isEmpty() ? null : server.hosts().get(0);
        AtomicReference<Deadline> until = new AtomicReference<>(deadline);
        RedisSockets sockets = new RedisSockets(
                server.socket(),
                host,
                server.tls(),
                until::get,
                () -> findings.add(Envelope.tooLarge().finding()));
        try {
            return new RedisConnection(new Connection(sockets, config(server.login(), server.db(), deadline)), until);
        } catch (JedisException e) {
            throw new NoWayIn(RedisTrouble.of(server, e), e);
        } catch (IllegalStateException | ClassCastException | IndexOutOfBoundsException | NoSuchElementException e) {
            // what the library makes of a greeting that is none
            throw new NoWayIn(RedisTrouble.of(server, new JedisConnectionException("this is not Redis")), e);
        }
    }

    private static DefaultJedisClientConfig config(Login login, int db, Deadline deadline) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .autoNegotiateProtocol(false)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .socketTimeoutMillis(deadline.leftMillis())
                .database(db);
        String password = login.password();
        if (password != null) {
            config.credentials(new DefaultRedisCredentials(login.user(), password));
        }
        return config.build();
    }

    /**
     * Sends these together and reads an answer to each; an error answer is an exception in the list.
     *
     * @throws JedisConnectionException if the connection is lost or the deadline passes; it is of no use afterwards
     */
    List<Object> all(Deadline deadline, List<CommandArguments> commands) {
        until.set(deadline);
        connection.setSoTimeout(deadline.leftMillis());
        commands.forEach(connection::sendCommand);
        return connection.getMany(commands.size());
    }

    @Override
    public void close() {
        connection.close();
    }
}
