package dev.rollcall.journal;

import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Journal.Lock;
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

    KernelLock(StateFolder state, HostFolder host) {
        this.state = state;
        this.host = host;
    }

    Lock take(Path conf, Holder me) {
        String name = name(conf);
        try {
            Lock ours = own(name, me);
            return ours instanceof Lock.Taken taken ? onHost(conf, name, me, taken) : ours;
        } catch (JournalException e) {
            return onHostAlone(conf, name, me, e);
        }
    }

    private Lock own(String name, Holder me) {
        Path file = state.file("locks", name);
        try {
            return new LockFile(file, Optional.empty()).take(me);
        } catch (IOException e) {
            throw StateFolder.failed("lock", file, e);
        }
    }

    /** A run that was cut off can be finished though nothing can be written to the state folder; a new one then fails at its journal. */
    private Lock onHostAlone(Path conf, String name, Holder me, JournalException because) {
        Path place = host.file(name).orElseThrow(() -> because);
        try {
            return new LockFile(place, Optional.of(owner(conf))).take(me);
        } catch (IOException e) {
            because.addSuppressed(e);
            throw because;
        }
    }

    private Lock onHost(Path conf, String name, Holder me, Lock.Taken ours) {
        Optional<Path> place = host.file(name);
        if (place.isEmpty()) {
            return ours;
        }
        try {
            Lock theirs = new LockFile(place.get(), Optional.of(owner(conf))).take(me);
            if (theirs instanceof Lock.Taken both) {
                return new Lock.Taken(() -> release(both, ours));
            }
            ours.closer().close();
            return theirs;
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
        return Files.exists(conf) ? (int) Files.getAttribute(conf, "unix:uid") : OpenFile.us();
    }

    Optional<Holder> holder(Path conf) {
        String name = name(conf);
        Path file = state.root().resolve("locks").resolve(name);
        try {
            Optional<Holder> ours =
                    StateFolder.isMissing(file) ? Optional.empty() : new LockFile(file, Optional.empty()).holder();
            Optional<Path> place = host.file(name);
            return ours.isPresent() || place.isEmpty()
                    ? ours
                    : new LockFile(place.get(), Optional.of(owner(conf))).holder();
        } catch (IOException e) {
            throw StateFolder.failed("read", file, e);
        }
    }

    /** By the real path, whatever name or link it is called by, and also when the file is gone. */
    private static String name(Path conf) {
        return Digest.of(real(conf.toAbsolutePath()).toString()) + ".lock";
    }

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
