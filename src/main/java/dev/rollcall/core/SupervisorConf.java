package dev.rollcall.core;

import java.util.List;
import java.util.Optional;

/**
 * What supervisord.conf and its includes say.
 *
 * @param path the real path of the main file
 * @param servers unix socket first, as supervisorctl prefers; empty if the file opens none
 * @param pidfile absolute
 * @param programs one entry a process, {@code numprocs} expanded; state is STOPPED and pid 0
 * @param launches what each program needs to start, by the program's full name, in the order of {@code programs}
 */
public record SupervisorConf(
        String path,
        List<ServerAddress> servers,
        String pidfile,
        boolean nodaemon,
        List<Program> programs,
        List<Launch> launches) {

    /**
     * What must exist for a program to start.
     *
     * @param executable first word of the command, not yet looked up on the path
     * @param directory empty if none is set
     */
    public record Launch(String program, String executable, String directory) {}

    public SupervisorConf {
        servers = List.copyOf(servers);
        programs = List.copyOf(programs);
        launches = List.copyOf(launches);
    }

    public Optional<ServerAddress> server() {
        return servers.stream().findFirst();
    }
}
