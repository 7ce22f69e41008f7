package dev.rollcall.core;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a supervisord was started, so that it can be started the same way. Holds its whole environment, secrets included:
 * it is kept in a file of its own with mode 0600 and never enters journal, result, log or argv.
 *
 * @param argv as in {@code /proc/PID/cmdline}; interpreter first
 * @param environment byte for byte: each char of names and values is one byte
 * @param umask as a number, e.g. 18 for 022
 * @param limits soft and hard limit by the name in {@code resource}, e.g. RLIMIT_NOFILE; -1 is unlimited
 * @param foreground it does not daemonize: it was run with {@code -n} or {@code nodaemon=true}
 * @param output the regular file that a foreground supervisord wrote its standard output to, or empty
 * @param unit the systemd unit it belongs to, or empty: then the unit is started and the rest is not used
 * @param scheduling empty if nobody has seen it, as in a recipe that an earlier version kept: then it is ours
 */
public record StartRecipe(
        List<String> argv,
        String directory,
        Map<String, String> environment,
        long uid,
        long gid,
        List<Long> groups,
        int umask,
        Map<String, List<Long>> limits,
        boolean foreground,
        String output,
        String unit,
        Optional<Scheduling> scheduling) {

    public StartRecipe {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        groups = List.copyOf(groups);
        limits = Map.copyOf(limits);
    }

    public StartRecipe(
            List<String> argv,
            String directory,
            Map<String, String> environment,
            long uid,
            long gid,
            List<Long> groups,
            int umask,
            Map<String, List<Long>> limits,
            boolean foreground,
            String output,
            String unit) {
        this(argv, directory, environment, uid, gid, groups, umask, limits, foreground, output, unit, Optional.empty());
    }

    /** Started by another command, otherwise the same. */
    public StartRecipe with(List<String> command) {
        return new StartRecipe(
                command, directory, environment, uid, gid, groups, umask, limits, foreground, output, "", scheduling);
    }

    /** The configuration says that it does not daemonize. */
    public StartRecipe inForeground() {
        return new StartRecipe(
                argv, directory, environment, uid, gid, groups, umask, limits, true, output, unit, scheduling);
    }

    /** The environment as text, for {@code %(ENV_x)s} in supervisord.conf. */
    public Map<String, String> text() {
        Map<String, String> text = new LinkedHashMap<>();
        environment.forEach((name, value) -> text.put(utf8(name), utf8(value)));
        return text;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Never with the environment. */
    @Override
    public String toString() {
        return unit.isEmpty() ? String.join(" ", argv) : unit;
    }
}
