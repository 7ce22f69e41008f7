package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After a restart by hand the workers had another umask, and the web server could not read their files. */
@Tag("arena")
class KeptSurroundingsTest {
    private static final String ODD = "line one\nline two = 'ünïcödé' ✓ 100% $HOME";

    @Test
    void supervisordAndWorkersHaveTheSameSurroundingsAsBefore() throws Exception {
        try (Arena arena = arena()) {
            Before before = Before.of(arena);
            Seen supervisord = Seen.of(arena.supervisord());
            Seen main = Seen.of(main(before.mainPids().get(0)));
            assertThat(supervisord.env().get("ODD")).isEqualTo(ODD);

            Result result = arena.rollcall()
                    .environment("LEAK", "of the caller")
                    .run("restart")
                    .result();

            long newMain = before.assertReplaced(result).get(0).pid();
            Proc now = arena.supervisord();
            assertThat(Seen.of(now)).isEqualTo(supervisord);
            assertThat(Seen.of(main(newMain))).isEqualTo(main);
            assertThat(now.session()).as("a session of its own").isEqualTo(now.pid());
            assertThat(now.openFiles()).noneMatch(f -> f.matches(".*/state/.*|.*/run[0-9]+\\.(out|err)"));
        }
    }

    private static Arena arena() throws Exception {
        Program program = Program.celery("q").set("umask", "077").set("environment", "COLOUR=\"blue\"");
        return Arena.of(program)
                .environment("ODD", ODD)
                .environment("EMPTY", "")
                .startLine("umask 027; ulimit -n 3000; ulimit -c 0")
                .supervisord("umask=027")
                .startedFrom("srv/with space")
                .open();
    }

    private static Proc main(long pid) {
        return Proc.read(pid).orElseThrow();
    }

    private record Seen(
            Map<String, String> env, String directory, String umask, String blocked, String files, String core) {
        static Seen of(Proc proc) throws IOException {
            return new Seen(
                    proc.env(),
                    proc.workingDirectory().toString(),
                    proc.value("status", "Umask:"),
                    proc.value("status", "SigBlk:"),
                    proc.value("limits", "Max open files"),
                    proc.value("limits", "Max core file size"));
        }
    }
}
