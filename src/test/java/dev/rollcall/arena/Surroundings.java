package dev.rollcall.arena;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an arena is made of; {@link #open()} makes it real. */
public final class Surroundings {
    final List<Program> programs = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<String> startLines = new ArrayList<>();
    String supervisordLines = "";
    String brokerPassword = "";
    String serverPassword = "";
    String startedFrom = "/";

    /** Exported by the shell that starts supervisord; any text, UTF-8. */
    public Surroundings environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A line of shell before supervisord is started, such as {@code ulimit -n 2000}. */
    public Surroundings startLine(String line) {
        startLines.add(line);
        return this;
    }

    /** A line of the section {@code [supervisord]}. */
    public Surroundings supervisord(String line) {
        supervisordLines += line + "\n";
        return this;
    }

    /** A password that Redis wants and that only the application's code knows. */
    public Surroundings brokerPassword(String password) {
        brokerPassword = password;
        return this;
    }

    /** supervisord listens on TCP and wants this password, instead of a unix socket without one. */
    public Surroundings tcpServer(String password) {
        serverPassword = password;
        return this;
    }

    /** The folder from which supervisord is started, below the arena's own; it is made. */
    public Surroundings startedFrom(String folder) {
        startedFrom = folder;
        return this;
    }

    public Arena open() throws Exception {
        return Arena.open(this);
    }

    int expectedNodes() {
        return programs.stream().mapToInt(Program::nodes).sum();
    }
}
