package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose supervisord it is: ours to restart, and not to be started with more rights than it had. */
final class Owner {
    private Owner() {}

    static void check(ProcessEntry supervisord, ProcessTable table) throws Refusal {
        long us =
                table.get(ProcessHandle.current().pid()).map(ProcessEntry::uid).orElse(0L);
        if (us != 0 && us != supervisord.uid()) {
            throw Refusal.atPreflight(
                    "NOT_PERMITTED",
                    "tried to look at supervisord (pid " + supervisord.pid() + ") of uid " + supervisord.uid()
                            + " as uid " + us + "; run rollcall as root or as that user");
        }
    }

    /** A supervisord that was never seen running must not get more rights than it had. */
    static void check(SupervisorConf conf) throws Refusal {
        Path pidfile = Path.of(conf.pidfile());
        Path witness = Files.exists(pidfile) ? pidfile : Path.of(conf.path());
        try {
            Object owner = Files.getAttribute(witness, "unix:uid");
            if (Us.isRoot() && !owner.equals(0)) {
                throw Refusal.atPreflight(
                        "NOT_PERMITTED",
                        "tried to start supervisord as root but " + witness + " belongs to uid " + owner
                                + "; run rollcall as that user, or start supervisord once by hand");
            }
        } catch (IOException e) {
            throw Refusal.atPreflight(
                    "NOT_PERMITTED",
                    "tried to see whose " + witness + " is but " + e.getMessage() + "; check its rights");
        }
    }
}
