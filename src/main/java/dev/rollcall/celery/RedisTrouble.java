package dev.rollcall.celery;

import dev.rollcall.core.Finding;
import java.net.SocketTimeoutException;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisException;

/** Puts what Redis or its library complained about into words that say what to do. */
final class RedisTrouble {
    private RedisTrouble() {}

    /** A failure to connect or log in, or a lost connection. */
    static Finding of(Broker broker, JedisException failure) {
        String cause = cause(failure);
        if (cause.startsWith("NOAUTH")
                || cause.startsWith("WRONGPASS")
                || cause.startsWith("ERR AUTH")
                || cause.contains("invalid password")
                || cause.startsWith("ERR Client sent AUTH")) {
            return Finding.warning(
                    "BROKER_DENIED",
                    "tried to log in at " + broker + " but it did not accept the login (" + cause.split(" ")[0] + ")",
                    "give the broker's URL with user and password in Rollcall's configuration");
        }
        return Finding.warning(
                "BROKER_UNREACHABLE",
                "tried to speak to " + broker + " but " + Secrets.mask(cause),
                "check that the broker runs and lets this host in");
    }

    /** Whether nothing at all came back, as from a server that is frozen or cut off; one that is down or no Redis refuses. */
    static boolean isSilence(Throwable failure) {
        return innermost(failure) instanceof SocketTimeoutException;
    }

    /** An error answer to one command. */
    static Finding of(Broker broker, String command, String object, JedisException error) {
        String cause = cause(error);
        if (cause.startsWith("NOPERM")) {
            String sign = command.equals("PUBLISH") ? "&" : "~";
            String right = "+" + command.toLowerCase(Locale.ROOT) + " " + sign + object;
            return Finding.warning(
                    "BROKER_RIGHT_MISSING",
                    "tried to " + command + " " + object + " at " + broker + " but the user lacks the right " + right,
                    "grant it: ACL SETUSER <user> " + right);
        }
        return Finding.warning(
                "BROKER_REFUSED",
                "tried to " + command + " at " + broker + " but it refused: " + Secrets.mask(cause),
                "see the broker's log; nothing is known about its nodes until it accepts commands");
    }

    /** The innermost words: the library wraps them in "Failed to connect". */
    private static String cause(Throwable failure) {
        Throwable inner = innermost(failure);
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        return inner;
    }
}
