package dev.rollcall.port;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The processes of this host. The one place from which a signal can be sent. */
public interface Processes {
    enum Signal {
        TERM,
        KILL,
        /** Stops a main process from forking while its children are counted; always followed by KILL or CONT. */
        STOP,
        CONT
    }

    enum Delivery {
        DELIVERED,
        /** It had ended already, or is a zombie. */
        GONE,
        /** The pid belongs to another process now. */
        NOT_THE_SAME,
        /** The kernel did not allow it. */
        DENIED
    }

    String bootId();

    String host();

    /** All living processes, with command lines and marks. */
    ProcessTable snapshot();

    /** The living children of a process as they are now; empty if exactly that process is gone. Far cheaper than a snapshot. */
    List<ProcessEntry> children(ProcessIdentity parent);

    /** The living process of that pid as it is now. */
    Optional<ProcessEntry> find(long pid);

    /** Whether exactly this process is alive. A zombie is gone. */
    boolean alive(ProcessIdentity identity);

    /** Whether the process writes to a pipe that {@code reader} reads: it would die of SIGPIPE once the reader is gone. */
    boolean writesTo(long pid, long reader);

    /** Whether a process has our pids, and under this path the same file as we do: not so in a container. What cannot be told counts as ours. */
    boolean isOfThisPlace(long pid, Path file);

    /** Whether two processes have the same mounts: not so in two containers, though they share their pids. Not if it cannot be told. */
    boolean sharesMounts(long pid, long other);

    /**
     * Whether a process certainly is of this host and not of a container: it has our pids, our network and our root, and under each of
     * these paths the same file as we do. What cannot be told is not certain.
     */
    boolean isSurelyOfThisPlace(long pid, List<Path> paths);

    /** Whether its environment may be read, though no mark may be in it: {@code sudo} and {@code env -i} take them away. */
    boolean showsEnvironment(long pid);

    /** Whether the script that a process was started with contains one of these words; false if there is none that can be read. */
    boolean scriptMentions(ProcessEntry process, String... words);

    /** Reads the identity again, then signals: never another process, never pid 0 or 1, ourselves or an ancestor of ours. */
    Delivery signal(ProcessIdentity target, Signal signal);
}
