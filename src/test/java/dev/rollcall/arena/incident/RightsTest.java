package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Launcher;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal that is not permitted is no death, and a process that may not be looked at is not gone. */
@Tag("arena")
class RightsTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    private static final String RIGHTS =
            "-all,+chown,+dac_override,+dac_read_search,+fowner,+fsetid,+setgid,+setuid,+setpcap,+sys_ptrace";

    /** Not by the bounding set: a restart that would start supervisord with less than it had is refused. */
    private static final List<String> ROOT_WITHOUT_KILL =
            List.of("setpriv", "--securebits", "+noroot", "--inh-caps", RIGHTS, "--ambient-caps", RIGHTS);

    @ParameterizedTest
    @ValueSource(strings = {"", "p4ss"})
    void anotherUserIsRefusedBeforeAnythingStops(String serverPassword) throws Exception {
        try (Arena arena =
                Arena.of(Program.plain("idle")).tcpServer(serverPassword).open()) {
            openToAll(arena.folder().root());
            Files.createDirectory(arena.folder().state());
            openToAll(arena.folder().state());
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> arena.supervisorctl().stateOf("idle").equals("RUNNING"));
            Untouched untouched = Untouched.since(arena);

            Run run = restart(arena, AS_NOBODY);

            assertThat(run.exitCode()).as(run.toString()).isEqualTo(4);
            assertThat(run.result().text("error/code"))
                    .isEqualTo(serverPassword.isEmpty() ? "SUPERVISORD_UNREACHABLE" : "NOT_PERMITTED");
            untouched.assertStillButForTheRecord();
        }
    }

    @Test
    void aLeftoverThatMayNotBeKilledIsNamedAndNotTakenForGone() throws Exception {
        Program other = Program.wrapped("w").set("user", "nobody");
        try (Arena arena =
                Arena.of(other).startLine("chmod -R a+rwX \"${0%/*}\"").open()) {
            Before before = Before.of(arena);

            Run run = restart(arena, ROOT_WITHOUT_KILL);

            assertThat(run.exitCode()).as(run.toString()).isEqualTo(5);
            Result result = run.result();
            assertThat(result.text("service")).isEqualTo("up");
            assertThat(result.survivors())
                    .isEqualTo(before.mainPids().size() + before.poolPids().size());
            assertThat(result.text("survivors/0/reason")).contains("the kernel did not permit SIGKILL", "uid 65534");
            assertThat(result.killed()).isEmpty();
            assertThat(Proc.read(before.mainPids().get(0))).isPresent();
        }
    }

    /** A copy of the jar: where the build lies, others may not read. */
    private static Run restart(Arena arena, List<String> rights) throws Exception {
        Path jar = arena.folder().root().resolve("run-rollcall.out");
        Files.copy(Launcher.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
        List<String> command = new ArrayList<>(rights);
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-jar", jar.toString(), "restart"));
        command.addAll(List.of("-c", arena.folder().conf().toString(), "--output", "json"));
        command.addAll(List.of("--state-dir", arena.folder().state().toString()));
        return arena.rollcall().exactly(command).await();
    }

    private static void openToAll(Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
