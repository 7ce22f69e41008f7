package dev.rollcall.core;

/** What Celery makes of the name that a worker was given: a word without {@code @} is the host, and what is missing is filled in. */
final class NodeName {
    private NodeName() {}

    /** @param given perhaps with {@code %h} (host), {@code %n} (its first part), {@code %d} (the rest), or with a pool process's index */
    static String of(String given, String host) {
        int dot = host.indexOf('.');
        String filled = whole(given, host)
                .replace("%h", host)
                .replace("%n", dot < 0 ? host : host.substring(0, dot))
                .replace("%d", dot < 0 ? "" : host.substring(dot + 1))
                .replace("%i", "0")
                .replace("%I", "");
        // Celery does so twice: a domain may be empty
        return whole(filled, host);
    }

    /** Whether it says all of the name by itself. */
    static boolean isWhole(String given) {
        int at = given.indexOf('@');
        return at >= 0 && at < given.length() - 1 && given.indexOf('%') < 0;
    }

    private static String whole(String name, String host) {
        int at = name.indexOf('@');
        String node = name.substring(0, Math.max(at, 0));
        String place = name.substring(at + 1);
        return (node.isEmpty() ? "celery" : node) + "@" + (place.isEmpty() ? host : place);
    }
}
