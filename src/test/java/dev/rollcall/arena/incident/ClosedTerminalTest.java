package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Launcher;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laptop went to sleep, the connection broke, and the run died with it. */
@Tag("arena")
class ClosedTerminalTest {
    /** A terminal that is closed as soon as the roll is on disk. */
    private static final String TERMINAL =
            """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], sys.argv[1:])
            seen = b""
            while b"shutdown" not in seen:
                seen += os.read(terminal, 4096)
            os.close(terminal)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @Test
    void aTerminalOrAPipeThatIsClosedChangesNothingAboutTheRun() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before first = Before.of(arena);
            Run run = arena.rollcall()
                    .exactly(restart(arena, "python3", "-c", TERMINAL))
                    .await();
            assertThat(run.exitCode()).as(run.toString()).isZero();
            first.assertReplaced();

            Before second = Before.of(arena);
            run = arena.rollcall()
                    .exactly(restart(arena, "sh", "-c", "{ \"$@\"; echo ended with $? >&2; } | true", "sh"))
                    .await();
            assertThat(run.err()).as(run.toString()).contains("ended with 0");
            second.assertReplaced();
        }
    }

    /** A pipe that is full, and that nobody reads until the run has its end. */
    private static final String FULL_PIPE =
            """
            import glob, os, subprocess, sys, time
            state, pipe = sys.argv[1], os.pipe()
            os.set_blocking(pipe[1], False)
            try:
                while True:
                    os.write(pipe[1], bytes(4096))
            except BlockingIOError:
                os.set_blocking(pipe[1], True)
            run = subprocess.Popen(sys.argv[2:], stdout=pipe[1], stderr=pipe[1])
            os.close(pipe[1])
            deadline = time.monotonic() + 90
            while not any('"type":"ended"' in open(j).read() for j in glob.glob(state + "/runs/*.jsonl")):
                if time.monotonic() > deadline:
                    run.kill()
                    sys.exit("the run has waited for its reader")
                time.sleep(0.05)
            while os.read(pipe[0], 65536):
                pass
            sys.exit(run.wait())
            """;

    @Test
    void aPipeThatNobodyReadsKeepsNoServiceDown() throws Exception {
        try (Arena arena = Arena.of(Program.wrapped("w")).open()) {
            Before before = Before.of(arena);
            String state = arena.folder().state().toString();
            Run run = arena.rollcall()
                    .exactly(restart(arena, "python3", "-c", FULL_PIPE, state))
                    .await();
            assertThat(run.exitCode()).as(run.toString()).isZero();
            before.assertReplaced();
        }
    }

    /** As text, behind the words that make its output go away. */
    private static List<String> restart(Arena arena, String... before) {
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of(
                Launcher.path().toString(),
                "restart",
                "-c",
                arena.folder().conf().toString()));
        words.addAll(List.of("--state-dir", arena.folder().state().toString()));
        return words;
    }
}
