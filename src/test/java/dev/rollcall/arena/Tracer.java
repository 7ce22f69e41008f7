package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** A debugger that has taken hold of a process: SIGKILL ends it only when the debugger lets it go. */
public final class Tracer implements AutoCloseable {
    private static final String HOLD =
            """
            import ctypes, os, sys
            libc = ctypes.CDLL(None, use_errno=True)
            libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
            libc.ptrace.restype = ctypes.c_long
            PTRACE_SEIZE, PTRACE_O_TRACEEXIT = 0x4206, 0x40
            if libc.ptrace(PTRACE_SEIZE, int(sys.argv[1]), None, PTRACE_O_TRACEEXIT):
                sys.exit("ptrace: " + os.strerror(ctypes.get_errno()))
            print("held", flush=True)
            sys.stdin.read()
            """;

    private final Process process;

    private Tracer(Process process) {
        this.process = process;
    }

    public static Tracer of(Proc held) throws IOException {
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", HOLD, Long.toString(held.pid()))
                .redirectErrorStream(true)
                .start();
        String said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (!"held".equals(said)) {
            throw new IOException("tried to trace " + held + " but " + said);
        }
        return new Tracer(process);
    }

    /** Lets it go on, into its death if that has been decided. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
