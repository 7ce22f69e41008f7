package dev.rollcall.port;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Commands.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows how a supervisord was started and how to start it the same way again. */
public interface Starter {
    /** Reads argv, directory, environment, user, groups, umask, limits and unit of a running supervisord. */
    StartRecipe observe(ProcessIdentity supervisord);

    /**
     * How a supervisord that we start would be worse off than the one that runs, by what processes are born with.
     *
     * @param confined what it could not do any more, in words
     * @param oomScore by how much it would be killed sooner when memory runs out; negative is later
     */
    record Birth(List<String> confined, int oomScore) {
        public static final Birth THE_SAME = new Birth(List.of(), 0);

        public Birth {
            confined = List.copyOf(confined);
        }
    }

    /** Compares this process with a running supervisord. Says nothing of units, which are started by their manager. */
    Birth birth(ProcessIdentity supervisord);

    /**
     * The systemd unit that this process is in, and that ends with all its processes: with a supervisord that is born here as well.
     *
     * @param supervisord the one that runs, empty if none does
     * @return empty if there is no such unit, or if the one that runs lives in it too: then a new one is no worse off
     */
    Optional<String> unitAround(Optional<ProcessIdentity> supervisord);

    /**
     * For a supervisord that does not run and was never seen by us: its systemd unit if an installed one names this
     * configuration (or is the distribution's own and this is the default file), else {@code supervisord -c conf} with a plain environment.
     *
     * @return empty if no supervisord program can be found on this host
     */
    Optional<StartRecipe> invent(SupervisorConf conf);

    /** Keeps a recipe for the run that may have to be finished after a crash, and for a start after one; mode 0600. */
    void keep(String conf, StartRecipe recipe);

    /** What {@link #keep} last kept for that configuration. */
    Optional<StartRecipe> kept(String conf);

    /**
     * The command that starts it: in a session of its own, with no descriptor of ours. It ends when a daemonizing supervisord has
     * detached, or when a foreground one has been executed; its exit code is not 0 if supervisord's is not, with supervisord's own words on stderr.
     *
     * @param errors file that a foreground supervisord's standard error goes to
     */
    Command start(StartRecipe recipe, Path errors, Duration limit);

    /** The command that has systemd stop a unit; it does not wait for that. */
    Command stop(String unit, Duration limit);

    /** Whom systemd ends when a unit is stopped or its main process has ended; systemd.kill(5). */
    enum KillMode {
        /** Every process in it: at a stop all of them are signalled at once. */
        CONTROL_GROUP,
        /** Its main process is signalled; what is left after that is killed. */
        MIXED,
        /** Its main process and nobody else. */
        PROCESS,
        NONE;

        public boolean endsAll() {
            return this == CONTROL_GROUP || this == MIXED;
        }
    }

    /**
     * How systemd treats the unit that a supervisord is.
     *
     * @param endsWithMain it is over when supervisord has ended well: it does not start again, is not active without a process, and has
     *     no stop command that would fail then and have it started again
     * @param stopLimit how long a stop may take before it is killed; empty for ever
     */
    record Unit(String name, KillMode killMode, boolean endsWithMain, Optional<Duration> stopLimit) {
        /**
         * Whether to ask supervisord and not systemd: it stops its programs by their own signals and in their own time, where systemd
         * would signal all of them at once.
         */
        public boolean stopsThroughMain() {
            return killMode == KillMode.CONTROL_GROUP && endsWithMain;
        }
    }

    /** @return empty if systemd does not say */
    Optional<Unit> unit(String name);

    /** The pids of all processes that live in a unit now. */
    List<Long> residents(String unit);
}
