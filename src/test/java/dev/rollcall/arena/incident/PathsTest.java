package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Result;
import dev.rollcall.arena.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A deployment runs from a release folder that is a symlink, or has just been deleted. */
@Tag("arena")
class PathsTest {
    @Test
    void theConfigurationMayBeASymlinkOrRelativeAndTheWorkingDirectoryGone() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            Path root = arena.folder().root();
            Files.createSymbolicLink(root.resolve("link.conf"), Path.of("supervisord.conf"));

            Before first = Before.of(arena);
            first.assertReplaced(
                    arena.rollcall().conf("link.conf").run("restart").result());

            Result relative = arena.rollcall()
                    .from(root.resolve("app"))
                    .conf("../supervisord.conf")
                    .run("plan")
                    .result();
            assertThat(relative.text("roll/supervisord/pid"))
                    .isEqualTo("" + arena.supervisord().pid());

            Before second = Before.of(arena);
            second.assertReplaced(fromADeletedFolder(arena).result());
        }
    }

    @Test
    void whatIsIncludedLiesBesideTheLinkThatTheConfigurationIs() throws Exception {
        try (Arena arena = Arena.of(Program.celery("q")).open()) {
            keepBehindALink(arena.folder().conf());

            Before before = Before.of(arena);
            Result result = arena.rollcall().patient().run("restart").result();

            before.assertReplaced(result);
            assertThat(result.findings()).isEmpty();
        }
    }

    private static void keepBehindALink(Path conf) throws IOException {
        String text = Files.readString(conf);
        int programs = text.indexOf("[program:");
        Path repository = Files.createDirectory(conf.resolveSibling("repository"));
        Path file = repository.resolve(conf.getFileName());
        Files.writeString(file, text.substring(0, programs) + "[include]\nfiles=conf.d/*.conf\n");
        Files.writeString(
                Files.createDirectory(conf.resolveSibling("conf.d")).resolve("q.conf"), text.substring(programs));
        Files.delete(conf);
        Files.createSymbolicLink(conf, file);
    }

    private static Run fromADeletedFolder(Arena arena) throws Exception {
        Path gone = arena.folder().root().resolve("gone");
        String script = "mkdir \"$0\" && cd \"$0\" && rmdir \"$0\" && exec \"$@\"";
        return arena.rollcall()
                .exactly(List.of(
                        "sh",
                        "-c",
                        script,
                        gone.toString(),
                        System.getProperty(
                                "rollcall.launcher",
                                Path.of("bin/rollcall").toAbsolutePath().toString()),
                        "restart",
                        "-c",
                        arena.folder().conf().toString(),
                        "--state-dir",
                        arena.folder().state().toString(),
                        "--output",
                        "json"))
                .await();
    }
}
