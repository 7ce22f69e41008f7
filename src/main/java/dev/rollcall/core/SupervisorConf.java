package dev.rollcall.core;

import java.util.List;
import java.util.Optional;

/**
 * What supervisord.conf and its includes say.
 *
 * @param path the real path of the main file
 * @param servers unix socket first, as supervisorctl prefers; empty if the file opens none
 * @param pidfile absolute
 * @param directory where it goes when it daemonizes, absolute; empty if it stays
 * @param programs one entry a process, {@code numprocs} expanded; state is STOPPED and pid 0
 * @param launches what each program needs to start, by the program's full name, in the order of {@code programs}
 * @param files the main file and its includes, absolute, links and all
 */
public record SupervisorConf(
        String path,
        List<ServerAddress> servers,
        String pidfile,
        boolean nodaemon,
        String directory,
        List<Program> programs,
        List<Launch> launches,
        List<String> files) {

    /**
     * What must exist for a program to start.
     *
     * @param executable first word of the command, not yet looked up on the path
     * @param directory empty if none is set; a relative one begins where supervisord is
     * @param path what it is looked up on, if it has no slash: of the program's environment, supervisord's section, or its own environment
     * @param remap its {@code REMAP_SIGTERM}, from the same places; empty if it has none
     */
    public record Launch(String program, String executable, String directory, String path, String remap) {
        public Launch(String program, String executable, String directory, String path) {
            this(program, executable, directory, path, "");
        }
    }

    public SupervisorConf {
        servers = List.copyOf(servers);
        programs = List.copyOf(programs);
        launches = List.copyOf(launches);
        files = List.copyOf(files);
    }

    public Optional<ServerAddress> server() {
        return servers.stream().findFirst();
    }
}
