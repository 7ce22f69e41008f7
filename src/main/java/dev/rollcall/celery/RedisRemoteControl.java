package dev.rollcall.celery;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Speaks pidbox over Redis: publishes the questions, pops the answers off a list of its own, leaves nothing behind. */
final class RedisRemoteControl implements Transport {
    /** For what is left behind otherwise: a Redis that has just answered and is slow now is not yet taken for dead. */
    private static final Duration TIDY = Duration.ofSeconds(2);
    /** For the same over a connection that was lost, when all is over. */
    private static final Duration LAST_TRY = Duration.ofMillis(250);
    /** Answers popped at once: each may have the largest size. */
    static final int BATCH = 4;
    /** So little before the end nothing is begun any more. */
    private static final Duration MARGIN = Duration.ofMillis(10);
    /** Nodes that are well answer within this. */
    private static final Duration BRISK = Duration.ofMillis(20);

    private final Broker broker;
    private final Findings findings;
    private final ReplyBox box;
    private @Nullable RedisConnection connection;
    private boolean untidy;
    private long listeners = -1;

    private RedisRemoteControl(Broker broker, Findings findings) {
        this.broker = broker;
        this.findings = findings;
        this.box = new ReplyBox(broker.naming());
    }

    /** Makes them. */
    record Maker() implements Transport.Maker {
        @Override
        public boolean speaks(Broker broker) {
            return broker.scheme().equals("redis") || broker.hasSentinels();
        }

        @Override
        public Transport make(Broker broker, Findings findings) {
            return new RedisRemoteControl(broker, findings);
        }
    }

    @Override
    public String means() {
        return "redis";
    }

    @Override
    public long listeners() {
        return listeners;
    }

    @Override
    public void connect(Deadline deadline) throws NoWayIn {
        connected(deadline);
    }

    @Override
    public void ask(Inquiry inquiry, Deadline deadline) {
        // the connection may have been lost since the last question: that one failure is not worth a word
        boolean again = attempt(inquiry, deadline, connection != null);
        if (again) {
            attempt(inquiry, deadline, false);
        }
    }

    /** @return whether it is worth another attempt over a new connection */
    private boolean attempt(Inquiry inquiry, Deadline deadline, boolean patient) {
        Round round = new Round(inquiry, findings);
        try {
            RedisConnection open = connected(deadline);
            untidy = true;
            converse(open, round, deadline);
            tidy(open, Deadline.in(TIDY));
            return false;
        } catch (NoWayIn e) {
            findings.add(e.finding());
            return false;
        } catch (JedisConnectionException e) {
            drop();
            if (patient && round.untouched() && !deadline.passed()) {
                return true;
            }
            findings.add(RedisTrouble.of(broker, e));
            return false;
        }
    }

    private void converse(RedisConnection open, Round round, Deadline deadline) {
        Naming naming = broker.naming();
        String channel = naming.channel(broker.db());
        List<Object> results = open.all(
                deadline,
                List.of(
                        box.bind(),
                        publish(channel, round.stats(naming, box.oid())),
                        publish(channel, round.active(naming, box.oid()))));
        if (accepted("SADD", naming.bindings(), results.get(0))
                && accepted("PUBLISH", channel, results.get(1))
                && accepted("PUBLISH", channel, results.get(2))) {
            listeners = number(results.get(1));
            round.await(number(results.get(1)) + number(results.get(2)));
            collect(open, round, deadline);
        }
    }

    private static CommandArguments publish(String channel, Command command) {
        return new CommandArguments(Protocol.Command.PUBLISH).add(channel).add(Envelope.wrap(command));
    }

    /** Polls: Redis ends a BRPOP that waits in vain up to 0.1 s late, which is longer than some limits. */
    private void collect(RedisConnection open, Round round, Deadline deadline) {
        Deadline brisk = Deadline.in(BRISK);
        while (drain(open, round, deadline) && !round.over() && deadline.left().compareTo(MARGIN) > 0) {
            LockSupport.parkNanos((brisk.passed() ? 5_000 : 500) * 1_000L);
        }
    }

    /** @return false if Redis does not allow it */
    private boolean drain(RedisConnection open, Round round, Deadline deadline) {
        Deadline last = deadline.atLeast(MARGIN.multipliedBy(3));
        long before;
        do {
            before = round.missing();
            int count = (int) Math.min(BATCH, before);
            for (Object popped : open.all(deadline.atLeast(round.late()), Collections.nCopies(count, box.take()))) {
                if (!accepted("RPOP", broker.naming().replies("*"), popped)) {
                    return false;
                }
                if (popped != null) {
                    take(popped, round);
                }
            }
        } while (round.missing() < before && !round.over() && !last.passed());
        return true;
    }

    private static void take(Object value, Round round) {
        if (value instanceof byte[] message && message.length > 0) {
            round.take(message);
        } else {
            round.skip();
        }
    }

    private boolean accepted(String command, String object, @Nullable Object result) {
        if (result instanceof JedisException e) {
            findings.add(RedisTrouble.of(broker, command, object, e));
            return false;
        }
        return true;
    }

    private static long number(Object result) {
        return result instanceof Long value ? value : 0;
    }

    private RedisConnection connected(Deadline deadline) throws NoWayIn {
        RedisConnection open = connection;
        if (open == null) {
            open = RedisConnection.open(broker, deadline, findings);
            connection = open;
            try {
                sweep(open, deadline);
            } catch (JedisConnectionException e) {
                drop();
                throw new NoWayIn(RedisTrouble.of(broker, e));
            }
        }
        return open;
    }

    /** Removes what a broken connection of ours, or a killed run, left behind. */
    private void sweep(RedisConnection open, Deadline deadline) {
        if (untidy) {
            tidy(open, deadline);
        }
        Object bindings = open.all(deadline, List.of(box.list())).get(0);
        List<CommandArguments> stale = box.removeStale(bindings);
        if (!stale.isEmpty()) {
            open.all(deadline, stale);
        }
    }

    private void tidy(RedisConnection open, Deadline deadline) {
        List<Object> results = open.all(deadline, box.remove());
        accepted("SREM", broker.naming().bindings(), results.get(0));
        accepted("DEL", broker.naming().replies("*"), results.get(1));
        untidy = false;
    }

    private void drop() {
        RedisConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        try {
            if (untidy) {
                drop();
                connected(Deadline.in(LAST_TRY));
            }
        } catch (NoWayIn e) {
            findings.add(e.finding());
        }
        drop();
    }
}
