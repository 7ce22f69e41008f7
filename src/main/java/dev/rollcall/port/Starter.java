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
     * @param lost what it writes would not arrive any more where it does now, in words
     */
    record Birth(List<String> confined, int oomScore, List<String> lost) {
        public static final Birth THE_SAME = new Birth(List.of(), 0, List.of());

        public Birth {
            confined = List.copyOf(confined);
            lost = List.copyOf(lost);
        }
    }

    /**
     * A supervisord that root has started and that has become another user since would be started as that user: what only root may read
     * would be closed to it.
     *
     * @return the first of the files that the recipe's user may not read; empty if there is none or it cannot be told
     */
    Optional<String> unreadable(StartRecipe recipe, List<String> files);

    /** Compares this process with a running supervisord. Says nothing of units, which are started by their manager. */
    Birth birth(ProcessIdentity supervisord);

    /**
     * A systemd unit that ends with all its processes, and that this process is in: a supervisord that is born here ends with it as well.
     *
     * @param shared the supervisord that runs lives in it too
     */
    record Surrounding(String unit, boolean shared) {}

    /**
     * @param supervisord the one that runs, empty if none does
     * @return empty if there is no such unit
     * @throws NoAnswerException if systemd does not say
     */
    Optional<Surrounding> around(Optional<ProcessIdentity> supervisord) throws NoAnswerException;

    /** The host's service manager runs and could not be asked. */
    final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        /** @param sentence what was asked, and what to do */
        public NoAnswerException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /**
     * For a supervisord that does not run and was never seen by us: its systemd unit if an installed one names this
     * configuration (or is the distribution's own and this is the default file), else {@code supervisord -c conf} with a plain environment.
     *
     * @param as the path to start it by, links and all
     * @return empty if no supervisord program can be found on this host
     */
    Optional<StartRecipe> invent(SupervisorConf conf, Path as);

    /** Keeps a recipe for the run that may have to be finished after a crash, and for a start after one; mode 0600. */
    void keep(String conf, StartRecipe recipe);

    /** What {@link #keep} has kept is there and must not be used: others may have written it, or it cannot be read. */
    final class UnusableRecipeException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        /** @param sentence what was tried, why not, and what to do */
        public UnusableRecipeException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /** What {@link #keep} last kept for that configuration. */
    Optional<StartRecipe> kept(String conf) throws UnusableRecipeException;

    /**
     * The command that starts it: in a session of its own, with no descriptor of ours. It ends when a daemonizing supervisord has
     * detached, or when a foreground one has been executed; its exit code is not 0 if supervisord's is not, with supervisord's own words on stderr.
     *
     * @param errors file that a foreground supervisord's standard error goes to
     */
    Command start(StartRecipe recipe, Path errors, Duration limit);

    /**
     * The command that does all that {@link #start} does but the last: its exit code is 0 if supervisord could be executed now, and it
     * changes nothing.
     *
     * @return empty for a unit, whose manager starts it
     */
    Optional<Command> trial(StartRecipe recipe);

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
     * @param main supervisord is its main process; else the child of that, a shell for instance: then the unit can neither stop nor start it for us
     * @param endsWithMain it is over when its main process has ended well: it does not start again, is not active without a process, and
     *     has no stop command that would fail then and have it started again
     * @param stopLimit how long a stop may take before it is killed; empty for ever
     * @param inMotion it is being stopped, or systemd has something with it in its queue
     */
    record Unit(
            String name,
            boolean main,
            KillMode killMode,
            boolean endsWithMain,
            Optional<Duration> stopLimit,
            boolean inMotion) {
        /** Whether a stop reaches pool processes too. */
        public boolean stopSignalsAll() {
            return killMode == KillMode.CONTROL_GROUP;
        }

        /** Whether systemd's signal and patience count at a stop, not supervisord's. */
        public boolean stopsThroughSystemd() {
            return main && !stopsThroughMain();
        }

        /**
         * Whether to ask supervisord and not systemd: it stops its programs by their own signals and in their own time, where systemd
         * would signal all of them at once, or nobody.
         */
        public boolean stopsThroughMain() {
            return endsWithMain && (stopSignalsAll() || killMode == KillMode.NONE);
        }
    }

    /**
     * @return empty if it is no unit, and there is none that ends with it
     * @throws NoAnswerException if systemd does not say
     */
    Optional<Unit> unit(ProcessIdentity supervisord) throws NoAnswerException;

    /** The pids of all processes that live in the same systemd unit now. */
    List<Long> residents(ProcessIdentity supervisord);
}
