package dev.rollcall.linux;

import dev.rollcall.core.ProcessEntry;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the files of one process after the other into the same buffer, so that a host with thousands of processes or a
 * megabyte of arguments costs no more memory than one. Not for two threads at once.
 */
final class ProcReader {
    /** Longer command lines and environments are cut here. */
    private static final int WHOLE = 128 * 1024;

    private static final int STAT_ONLY = 2048;

    /**
     * Java reads as much by way of the stack, and more by memory got from the system each time. Procfs fills what it is
     * given, so less is the end.
     */
    private static final int CHUNK = 8192;

    private static final byte[] MARK = "SUPERVISOR_".getBytes(StandardCharsets.US_ASCII);
    /** Celery: which signal TERM stands for. */
    private static final byte[] REMAP = "REMAP_SIGTERM=".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] UID = "\nUid:\t".getBytes(StandardCharsets.US_ASCII);

    private final String root;
    private final byte[] buffer;

    private ProcReader(Path root, int size) {
        this.root = root.toString().concat("/");
        this.buffer = new byte[size];
    }

    static ProcReader whole(Path root) {
        return new ProcReader(root, WHOLE);
    }

    static ProcReader statOnly(Path root) {
        return new ProcReader(root, STAT_ONLY);
    }

    /** @return empty if there is no such process, or if it is {@link #hidden} from us */
    Optional<StatLine> stat(long pid) {
        int length = read(pid, "/stat");
        // "gone" must never be a guess: reading may have failed for want of descriptors
        if (length <= 0 && folder(pid).canExecute()) {
            length = read(pid, "/stat");
            if (length <= 0 && folder(pid).canExecute()) {
                throw refused("read " + root + pid + "/stat", "raise the limit of open files");
            }
        }
        return length <= 0 ? Optional.empty() : Optional.of(StatLine.parse(buffer, length));
    }

    /** Whether it is there and its files are closed to us, as procfs has it with {@code hidepid=1}. */
    boolean hidden(long pid) {
        return folder(pid).exists() && !folder(pid).canExecute();
    }

    static UncheckedIOException refused(String doing, String remedy) {
        return new UncheckedIOException(new IOException("tried to " + doing + " but the kernel refused; " + remedy));
    }

    List<String> argv(long pid) {
        int length = read(pid, "/cmdline");
        List<String> words = new ArrayList<>();
        for (int from = 0, end; from < length; from = end + 1) {
            end = endOfWord(from, length);
            words.add(Octets.text(buffer, from, end - from));
        }
        return words;
    }

    boolean hasEnvironment(long pid) {
        return read(pid, "/environ") > 0;
    }

    /** The {@code SUPERVISOR_*} variables; nothing else of an environment is ever looked at here. */
    Map<String, String> marks(long pid) {
        int length = read(pid, "/environ");
        Map<String, String> marks = new HashMap<>();
        for (int from = 0, end; from < length; from = end + 1) {
            end = endOfWord(from, length);
            if (buffer[from] == 'S' && startsWith(MARK, from, length)
                    || buffer[from] == 'R' && startsWith(REMAP, from, length)) {
                String mark = Octets.text(buffer, from, end - from);
                int equals = mark.indexOf('=');
                marks.put(mark.substring(0, Math.max(equals, 0)), mark.substring(equals + 1));
            }
        }
        if (!marks.isEmpty()) {
            marks.put(ProcessEntry.NAMESPACES, namespaces(Long.toString(pid)));
        }
        return marks;
    }

    /** @param who a pid, or {@code self} */
    String namespaces(String who) {
        return namespace(who, "pid") + " " + namespace(who, "mnt");
    }

    private String namespace(String who, String kind) {
        try {
            return Files.readSymbolicLink(Path.of(root, who, "ns", kind)).toString();
        } catch (IOException hidden) {
            // of another user, or gone: then it is not taken for one of ours
            return kind + ":unknown";
        }
    }

    /**
     * The effective user, -1 if it cannot be told; the owner of {@code /proc/PID} would be root for one that changed its user
     * without exec.
     */
    long uid(long pid) {
        int length = read(pid, "/status");
        int at = 0;
        // the cheap comparison first: this loop runs interpreted for most of the first snapshot
        while (at < length && !(buffer[at] == '\n' && startsWith(UID, at, length))) {
            at++;
        }
        at += UID.length;
        while (at < length && buffer[at] != '\t') {
            at++;
        }
        try {
            return at < length ? StatLine.number(buffer, at + 1, length) : -1;
        } catch (UncheckedIOException cutOff) {
            // what stands behind the end in the buffer is of another process
            return -1;
        }
    }

    /** @return empty if it may not be read */
    String exe(long pid) {
        try {
            return Files.readSymbolicLink(Path.of(path(pid, "/exe"))).toString();
        } catch (IOException notOurs) {
            // gone meanwhile, or of another user: what may not be known is empty
            return "";
        }
    }

    private int endOfWord(int from, int length) {
        int end = from;
        while (end < length && buffer[end] != 0) {
            end++;
        }
        return end;
    }

    private boolean startsWith(byte[] word, int from, int length) {
        return from + word.length <= length && Arrays.equals(buffer, from, from + word.length, word, 0, word.length);
    }

    /** Not by the plus sign: linking that costs 10 ms in a JVM that has just started. */
    private String path(long pid, String name) {
        return root.concat(Long.toString(pid)).concat(name);
    }

    private File folder(long pid) {
        return new File(path(pid, ""));
    }

    /** @return how many bytes of the buffer are filled; -1 if it cannot be read */
    private int read(long pid, String name) {
        try (FileInputStream in = new FileInputStream(path(pid, name))) {
            int length = 0;
            for (int more = CHUNK; more == CHUNK && length < buffer.length; length += Math.max(more, 0)) {
                more = in.read(buffer, length, Math.min(CHUNK, buffer.length - length));
            }
            return length;
        } catch (IOException unreadable) {
            // vanished while we looked, or of another user; stat() tells the two apart where it matters
            return -1;
        }
    }
}
