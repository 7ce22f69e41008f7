package dev.rollcall.journal;

import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Journal.Lock;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One run at a time per supervisord (S10), by locks of the kernel's: a crash frees them. One is in the state folder; one is where all users of the host
 * find it, for runs with other state folders, as far as there is such a place and the file there can be trusted.
 */
final class KernelLock {
    private static final System.Logger LOGGER = System.getLogger(KernelLock.class.getName());

    private final StateFolder state;
    private final HostFolder host;
    private final String hostId;

    KernelLock(StateFolder state, HostFolder host, String hostId) {
        this.state = state;
        this.host = host;
        this.hostId = hostId;
    }

    Lock take(Path conf, Holder me) {
        Path path = real(conf.toAbsolutePath());
        try {
            Lock ours = own(path, me);
            return ours instanceof Lock.Taken taken ? onHost(path, me, taken) : ours;
        } catch (JournalException e) {
            return onHostAlone(path, me, e);
        }
    }

    private static Lock and(Lock.Taken first, Lock second) {
        if (second instanceof Lock.Taken both) {
            return new Lock.Taken(() -> release(both, first));
        }
        first.closer().close();
        return second;
    }

    private Lock own(Path path, Holder me) {
        Path file = state.file("locks", name(hostId, path));
        try {
            return new LockFile(file, Optional.empty()).take(me);
        } catch (IOException e) {
            throw StateFolder.failed("lock", file, e);
        }
    }

    /** A run that was cut off can be finished though nothing can be written to the state folder; a new one then fails at its journal. */
    private Lock onHostAlone(Path path, Holder me, JournalException because) {
        Path place = host.file(name(path)).orElseThrow(() -> because);
        try {
            return new LockFile(place, Optional.of(owner(path))).take(me);
        } catch (IOException e) {
            because.addSuppressed(e);
            throw because;
        }
    }

    private Lock onHost(Path path, Holder me, Lock.Taken ours) {
        Optional<Path> place = host.file(name(path));
        if (place.isEmpty()) {
            return ours;
        }
        try {
            return and(ours, new LockFile(place.get(), Optional.of(owner(path))).take(me));
        } catch (IOException e) {
            // somebody who can write there must not be able to keep a restart from happening
            LOGGER.log(System.Logger.Level.DEBUG, "without the lock {0}: {1}", place.get(), e);
            return ours;
        }
    }

    private static void release(Lock.Taken first, Lock.Taken then) {
        try {
            first.closer().close();
        } finally {
            then.closer().close();
        }
    }

    private static int owner(Path conf) throws IOException {
        return Files.exists(conf) ? (int) Files.getAttribute(conf, "unix:uid") : Us.uid();
    }

    Optional<Holder> holder(Path conf) {
        Path path = real(conf.toAbsolutePath());
        Path file = state.root().resolve("locks").resolve(name(hostId, path));
        try {
            Optional<Holder> ours =
                    StateFolder.isMissing(file) ? Optional.empty() : new LockFile(file, Optional.empty()).holder();
            Optional<Path> place = host.file(name(path));
            return ours.isPresent() || place.isEmpty()
                    ? ours
                    : new LockFile(place.get(), Optional.of(owner(path))).holder();
        } catch (IOException e) {
            throw StateFolder.failed("read", file, e);
        }
    }

    private static String name(Path path) {
        return Digest.of(path.toString()) + ".lock";
    }

    /** Another host that sees the state folder has a supervisord of its own with that path. */
    static String name(String hostId, Path path) {
        return Digest.of(hostId) + name(path);
    }

    /** Whatever name or link it is called by, and also when the file is gone. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            Path folder = path.getParent();
            return folder == null
                    ? path
                    : real(folder).resolve(path.getFileName()).normalize();
        }
    }
}
