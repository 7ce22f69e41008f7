package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Launcher;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import dev.rollcall.arena.SystemdBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A restart of a unit killed what tasks had detached; one from a timer's unit was over, and then systemd killed the new supervisord. */
@Tag("arena")
class SystemdUnitTest {
    private static final String START = "ExecStart=/usr/bin/supervisord -n -c /tmp/%i/supervisord.conf";

    private static SystemdBox box;

    @BeforeAll
    static void boot() throws IOException {
        box = SystemdBox.open();
    }

    @AfterAll
    static void end() throws IOException {
        if (box != null) {
            box.close();
        }
    }

    /** With a stop command that fails once supervisord has gone, and a long wait until systemd starts it again: Debian's unit. */
    @Test
    void aUnitThatLeavesBystandersAloneIsStoppedAndStartedBySystemd() throws Exception {
        String stop = "ExecStop=/usr/bin/supervisorctl -c /tmp/%i/supervisord.conf shutdown";
        try (SystemdBox.Template debian = box.template(
                        "debian", START, stop, "KillMode=process", "Restart=on-failure", "RestartSec=50s");
                Arena arena = in(debian)) {
            Proc bystander = detached(arena);
            Before before = Before.of(arena);

            Result result = rollcall(arena).patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(bystander.isAlive()).isTrue();
            assertThat(result.text("roll/supervisord/managed_by")).isEqualTo("systemd:" + debian.of(arena));
            assertThat(debian.property(arena, "MainPID")).isNotEqualTo(result.text("roll/supervisord/pid"));
            assertThat(debian.property(arena, "ActiveState")).isEqualTo("active");
        }
    }

    @Test
    void aUnitThatWouldEndABystanderIsNotStopped() throws Exception {
        try (SystemdBox.Template plain = box.template("plain", START);
                Arena arena = in(plain)) {
            Proc bystander = detached(arena);
            Set<String> before = arena.identities();

            Run run = rollcall(arena).run("restart");

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.result().text("error/code")).isEqualTo("BYSTANDER_LOSS");
            assertThat(bystander.isAlive()).isTrue();
            assertThat(arena.identities()).isEqualTo(before);
        }
    }

    @Test
    void aTaskInAUnitWhoseProcessesAreSignalledAllAtOnceIsNamed() throws Exception {
        try (SystemdBox.Template again = box.template("again", START, "Restart=always");
                Arena arena = in(again)) {
            Before before = Before.of(arena);
            String cut = arena.begin("nap", 600);

            Result result = rollcall(arena).patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.findings()).contains("UNIT_SIGNALS_ALL");
            assertThat(result.interrupted()).containsEntry(cut, "lost");
            // or systemd starts it again while the arena is closed
            box.run("systemctl", "stop", again.of(arena));
        }
    }

    /** Behind a shell it outlives supervisord, and then systemd is as quick as Rollcall. */
    @Test
    void aTaskOfAWorkerThatSystemdKillsWithItsUnitIsNamed() throws Exception {
        try (SystemdBox.Template mixed = box.template("mixed", START, "KillMode=mixed");
                Arena arena = Arena.of(Program.wrapped("w"))
                        .startLine(mixed.startLine())
                        .open()) {
            Before before = Before.of(arena);
            String cut = arena.begin("nap", 600);

            Result result = rollcall(arena).patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.interrupted()).containsKey(cut);
        }
    }

    /** systemd would kill the new supervisord when the oneshot is over. */
    @Test
    void aTimersUnitThatWouldTakeTheNewSupervisordAlongRestartsNothing() throws Exception {
        String command =
                Launcher.path() + " restart -c /tmp/%i/supervisord.conf --state-dir /tmp/%i/state --output json";
        String[] nightly = {
            "Type=oneshot", "ExecStart=/bin/sh -c 'exec " + command + " >/tmp/%i/nightly.out'", "StandardError=null"
        };
        try (Arena arena = Arena.of(Program.celery("w"))
                        .startLine("exec " + String.join(" ", box.inside())
                                + " setsid --wait /usr/bin/supervisord -c \"/tmp/$ROLLCALL_ARENA/supervisord.conf\"")
                        .open();
                SystemdBox.Template ends = box.template("ends", nightly);
                SystemdBox.Template leaves = box.template("leaves", with(nightly, "KillMode=process"))) {
            Before before = Before.of(arena);
            Set<String> identities = arena.identities();

            box.run("systemctl", "start", ends.of(arena));

            assertThat(result(arena).text("error/code")).isEqualTo("ENDS_WITH_UNIT");
            assertThat(arena.identities()).isEqualTo(identities);

            box.run("systemctl", "start", leaves.of(arena));

            before.assertReplaced(result(arena));
            assertThat(leaves.property(arena, "ActiveState")).isEqualTo("inactive");
        }
    }

    private static Result result(Arena arena) throws IOException {
        Path out = arena.folder().root().resolve("nightly.out");
        return new Run(0, Files.readString(out), "").result();
    }

    private static String[] with(String[] lines, String more) {
        String[] all = Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = more;
        return all;
    }

    private static Arena in(SystemdBox.Template unit) throws Exception {
        return Arena.of(Program.celery("w").set("stopsignal", "TERM"))
                .startLine(unit.startLine())
                .open();
    }

    private static Launcher rollcall(Arena arena) {
        return arena.rollcall().within(box.inside());
    }

    /** Seen from outside of the box it has another pid than the task knows. */
    private static Proc detached(Arena arena) throws IOException {
        arena.folder().awaitMark(arena.send("detach", "nohup", 600), "child");
        // nohup is to become sleep yet
        return await().until(
                        () -> arena.processes().stream()
                                .filter(p -> p.command().equals(List.of("sleep", "600")))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
