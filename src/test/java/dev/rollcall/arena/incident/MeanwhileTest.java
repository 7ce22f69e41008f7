package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Between the stop and the start, somebody else was at work on the same machine. */
@Tag("arena")
class MeanwhileTest {
    /** A supervisord that is there long before it answers: it waits until the other one is gone, and a second more. */
    private static final String LATE =
            """
            import os, sys, time
            def lives(pid):
                try:
                    return open("/proc/%s/stat" % pid).read().rsplit(")", 1)[1].split()[0] not in "ZX"
                except OSError:
                    return False
            if sys.orig_argv[1].endswith("/supervisord"):
                os.environ.pop("PYTHONPATH")
                old = os.environ.pop("OLD_SUPERVISORD")
                while lives(old):
                    time.sleep(0.01)
                time.sleep(1)
            """;

    private static final Duration SOON = Duration.ofSeconds(90);

    private Arena arena;

    @BeforeEach
    void open() throws Exception {
        Program worker = Program.celery("q")
                .set("startsecs", "10")
                .set("startretries", "0")
                .set("stopwaitsecs", "60");
        arena = Arena.of(worker, Program.holding()).open();
    }

    @AfterEach
    void close() throws Exception {
        arena.close();
    }

    @Test
    void aSupervisordThatSomebodyElseStartsIsTakenAlthoughItAnswersOnlyLater() throws Exception {
        Before before = Before.of(arena);
        Proc old = arena.supervisord();
        Path late = Files.createDirectory(arena.folder().root().resolve("late"));
        Files.writeString(late.resolve("sitecustomize.py"), LATE);
        Running running = arena.rollcall().start("restart");
        arena.folder().awaitEvent("shutdown_begun");
        Process other = arena.beginSupervisord(
                Map.of("PYTHONPATH", late.toString(), "OLD_SUPERVISORD", Long.toString(old.pid())));
        await("the other one is there")
                .atMost(SOON)
                .until(() ->
                        arena.processes().stream().filter(Proc::isSupervisord).count() == 2);
        arena.letStop();
        Run run = running.await();

        assertThat(other.waitFor())
                .as("it was not told that another one listens")
                .isZero();
        before.assertReplaced(run.result());
        assertThat(run.result().findings()).contains("STARTED_BY_OTHER");
        assertThat(arena.supervisord().isAlive()).as("exactly one").isTrue();
    }

    @Test
    void aConfigurationThatBreaksAfterTheStopIsAServiceThatIsDownAndTheNextRunMendsIt() throws Exception {
        Before before = Before.of(arena);
        Path conf = arena.folder().conf();
        String good = Files.readString(conf);
        Running running = arena.rollcall().start("restart");
        arena.folder().awaitEvent("shutdown_begun");
        Files.writeString(conf, good.replace("stopsignal=QUIT", "stopsignal=NOSUCH"));
        arena.letStop();

        Run run = running.await();
        Files.writeString(conf, good);

        assertDown(run, "START_FAILED");
        assertThat(run.result().text("error/message"))
                .as("supervisord's own words")
                .contains("NOSUCH")
                .contains("rollcall restart");
        assertThat(before.celery()).noneMatch(Proc::isAlive);
        Run next = arena.rollcall().run("restart");
        assertThat(next.exitCode()).as(next.toString()).isZero();
        before.assertReplaced(next.result());
    }

    @Test
    void aReleaseThatDoesNotRunIsAServiceThatIsDown() throws Exception {
        Path tasks = arena.folder().app().resolve("tasks.py");
        Running running = arena.rollcall().start("restart");
        arena.folder().awaitEvent("shutdown_begun");
        Files.writeString(tasks, "this is no python\n");
        arena.letStop();

        Run run = running.await();

        assertDown(run, "PROGRAM_NOT_RUNNING");
        assertThat(run.result().text("error/message")).contains("q is FATAL");
    }

    private static void assertDown(Run run, String code) throws Exception {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(6);
        Result result = run.result();
        assertThat(result.text("outcome")).isEqualTo("failed");
        assertThat(result.text("service")).isEqualTo("down");
        assertThat(result.text("error/code")).isEqualTo(code);
    }
}
