package dev.rollcall.core;

/**
 * A program of supervisord, as the running supervisord has it loaded, or as its files say if none runs.
 *
 * @param state supervisor's word: RUNNING, STARTING, BACKOFF, STOPPING, STOPPED, EXITED, FATAL, UNKNOWN
 * @param pid 0 if it does not run
 * @param stopWaitSecs seconds between the stop signal and SIGKILL
 * @param stopSignal without SIG, e.g. TERM, QUIT
 * @param killAsGroup whether SIGKILL, or with stopasgroup the stop signal too, goes to the whole process group
 * @param stopAsGroup from the files: supervisord does not tell
 * @param groupPriority groups with higher numbers stop first
 */
public record Program(
        String name,
        String group,
        String state,
        long pid,
        boolean autostart,
        int stopWaitSecs,
        String stopSignal,
        boolean killAsGroup,
        boolean stopAsGroup,
        int groupPriority,
        String command) {

    /** As supervisorctl shows it: {@code group:name}, or the name alone where both are the same. */
    public String fullName() {
        return name.equals(group) ? name : group + ":" + name;
    }

    /** For the journal: a command line may hold a password. */
    public Program masked() {
        return withCommand(Masked.text(command));
    }

    public Program withCommand(String other) {
        return new Program(
                name,
                group,
                state,
                pid,
                autostart,
                stopWaitSecs,
                stopSignal,
                killAsGroup,
                stopAsGroup,
                groupPriority,
                other);
    }

    public boolean running() {
        return state.equals("RUNNING");
    }

    /** Supervisord has a process for it, or will have one soon. */
    public boolean wanted() {
        return running() || state.equals("STARTING") || state.equals("BACKOFF");
    }
}
