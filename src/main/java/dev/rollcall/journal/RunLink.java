package dev.rollcall.journal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a link to a journal.
 *
 * @param number of two runs the one that began later has the greater
 * @param token the digest of one that the run was asked for with, or nothing
 */
record RunLink(long number, String runId, String token) {
    static final Comparator<RunLink> LATEST_FIRST =
            Comparator.comparing(RunLink::number).thenComparing(RunLink::runId).reversed();

    private static final Pattern NAME = Pattern.compile("(\\d{8,18})-([^@]+)(?:@(.+))?");

    static Optional<RunLink> of(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new RunLink(
                        Long.parseLong(parts.group(1)),
                        parts.group(2),
                        Optional.ofNullable(parts.group(3)).orElse("")))
                : Optional.empty();
    }

    /** One a token; one without if there is none. */
    static List<RunLink> of(long number, String runId, List<String> tokens) {
        return tokens.isEmpty()
                ? List.of(new RunLink(number, runId, ""))
                : tokens.stream()
                        .map(token -> new RunLink(number, runId, Digest.of(token)))
                        .distinct()
                        .toList();
    }

    String name() {
        return String.format("%08d-%s%s", number, runId, token.isEmpty() ? "" : "@" + token);
    }
}
