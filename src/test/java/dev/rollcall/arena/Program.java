package dev.rollcall.arena;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One {@code [program:...]} section, described fluently. */
public final class Program {
    /** The app's folder is put in for this word when the configuration is written. */
    static final String APP = "@APP@";

    private static final String CELERY = "/usr/bin/python3 -m celery -A tasks worker -l info ";

    private final String name;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int nodes;

    private Program(String name, String command, int nodes) {
        this.name = name;
        this.nodes = nodes;
        set("command", command).set("directory", APP);
    }

    /** A node {@code NAME@host} with two pool processes that boots as fast as Celery can. */
    public static Program celery(String name) {
        return celery(name, "-n " + name + "@%%h --concurrency=2 --without-mingle --without-gossip");
    }

    public static Program celery(String name, String options) {
        return new Program(name, CELERY + options, 1).set("stopsignal", "QUIT");
    }

    /** Celery below a shell: the shell alone gets supervisord's TERM, the whole node stays. */
    public static Program wrapped(String name) {
        return wrapped(name, "");
    }

    /** With more options; never a blank before the semicolon, which begins a comment in supervisor's files. */
    public static Program wrapped(String name, String more) {
        String celery = (celery(name).settings.get("command") + " " + more).strip();
        return new Program(name, "sh -c \"" + celery + "; true\"", 1).set("stopsignal", "TERM");
    }

    /** A program that is no Celery. */
    public static Program plain(String name) {
        return new Program(name, "/usr/bin/tail -f /dev/null", 0);
    }

    /** Holds the stop of its supervisord open until {@link Arena#letStop}. */
    public static Program holding() {
        return new Program("holding", "/usr/bin/python3 hold.py", 0).set("stopwaitsecs", "600");
    }

    public static Program numbered(String name, int count) {
        Program program = celery(name, "-n " + name + "%(process_num)d@%%h --concurrency=1 --without-mingle");
        program.nodes = count;
        return program.set("numprocs", count).set("process_name", "%(program_name)s_%(process_num)d");
    }

    public Program set(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    /** Not started with supervisord, so no node of it is waited for. */
    public Program manual() {
        nodes = 0;
        return set("autostart", "false");
    }

    int nodes() {
        return nodes;
    }

    String section() {
        return settings.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                .collect(Collectors.joining("", "[program:" + name + "]\n", "\n"));
    }
}
