package dev.rollcall.celery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The list in Redis that answers to us are put on, and the binding that leads there; neither may be left behind. */
final class ReplyBox {
    private static final String MARK = "rollcall-";
    /** A run that was killed could not tidy up; nobody waits this long for an answer. */
    private static final Duration STALE = Duration.ofHours(1);

    private final Naming naming;
    private final String oid = MARK + Instant.now().getEpochSecond() + "-" + UUID.randomUUID();

    ReplyBox(Naming naming) {
        this.naming = naming;
    }

    String oid() {
        return oid;
    }

    CommandArguments bind() {
        return new CommandArguments(Command.SADD).key(naming.bindings()).add(naming.binding(oid));
    }

    CommandArguments take() {
        return new CommandArguments(Command.RPOP).key(naming.replies(oid));
    }

    CommandArguments list() {
        return new CommandArguments(Command.SMEMBERS).key(naming.bindings());
    }

    List<CommandArguments> remove() {
        return remove(oid);
    }

    private List<CommandArguments> remove(String id) {
        return List.of(
                new CommandArguments(Command.SREM).key(naming.bindings()).add(naming.binding(id)),
                new CommandArguments(Command.DEL).key(naming.replies(id)));
    }

    /** What removes the boxes of ours among these bindings that nobody can be waiting at any more. */
    List<CommandArguments> removeStale(Object bindings) {
        List<CommandArguments> removals = new ArrayList<>();
        if (bindings instanceof List<?> members) {
            for (Object member : members) {
                String id = member instanceof byte[] raw ? id(raw) : "";
                if (stale(id)) {
                    removals.addAll(remove(id));
                }
            }
        }
        return removals;
    }

    private static String id(byte[] member) {
        return new String(member, StandardCharsets.UTF_8).split("\u0006", 2)[0];
    }

    private static boolean stale(String id) {
        if (!id.matches(MARK + "\\d{1,12}-.*")) {
            return false;
        }
        long made = Long.parseLong(id.substring(MARK.length(), id.indexOf('-', MARK.length())));
        return Instant.ofEpochSecond(made).plus(STALE).isBefore(Instant.now());
    }
}
