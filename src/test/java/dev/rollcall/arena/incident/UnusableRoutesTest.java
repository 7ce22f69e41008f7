package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route may do what root may do, and is read before every restart; a bad one must not keep a service down either. */
@Tag("arena")
class UnusableRoutesTest {
    private static final String HOOK =
            """
            - route:
                id: tell
                from:
                  uri: direct:after-restart
                  steps:
                    - to:
                        uri: file:TOLD
            """;

    private Arena arena;
    private Path file;
    private Path told;
    private Path config;
    private Path starter;

    @BeforeEach
    void open() throws Exception {
        arena = Arena.of(Program.celery("q")).open();
        Path root = arena.folder().root();
        told = root.resolve("told");
        Path routes = Files.createDirectory(root.resolve("routes"));
        file = Files.writeString(routes.resolve("tell.camel.yaml"), HOOK.replace("TOLD", told.toString()));
        config = root.resolve("rollcall.yaml");
        starter = root.resolve("starter");
        String conf = arena.folder().conf().toString();
        Files.writeString(
                config,
                "routes_dir: routes\ntargets: {default: {conf: " + conf + ", start: [/bin/sh, " + starter + "]}}\n");
        Files.writeString(starter, "exec /usr/bin/supervisord -c " + conf + "\n");
        rights(root, "rwx------");
        rights(routes, "rwx------");
        rights(file, "rw-------");
        rights(config, "rw-------");
    }

    @AfterEach
    void close() throws Exception {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({"., rwxrwx---", "tell.camel.yaml, rw-rw-rw-"})
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void asRootWhatOthersMayWriteStopsEveryCommandBeforeItTouchesAnything(String name, String rights) throws Exception {
        Path open = file.resolveSibling(name).normalize();
        rights(open, rights);
        for (String command : new String[] {"restart", "plan", "roll", "check"}) {
            Untouched untouched = Untouched.since(arena);
            Run run = arena.rollcall().run(command, "--config", config.toString());
            assertThat(run.exitCode()).as(command + run).isEqualTo(2);
            assertThat(run.out() + run.err())
                    .as(command)
                    .contains("tried to use " + open + " as routes folder but others than root may write it");
            untouched.assertStillButForTheRecord();
        }
        assertThat(arena.folder().journals()).isEmpty();
    }

    @Test
    void aServiceThatIsDownComesUpThoughTheRoutesAreBroken() throws Exception {
        goDown();
        Files.writeString(file, "- route:\n    frm: nowhere\n");
        assertComesUp("tell.camel.yaml");
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void andThoughTheyAreInTheHandsOfOthers() throws Exception {
        goDown();
        rights(file, "rw-rw-rw-");
        assertComesUp("others than root may write it");
    }

    private void goDown() throws Exception {
        String starts = Files.readString(starter);
        Files.writeString(starter, "exit 1\n");
        Run run = arena.rollcall().run("restart", "--config", config.toString());
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(6);
        Files.writeString(starter, starts);
    }

    private void assertComesUp(String why) throws Exception {
        Run run = arena.rollcall().withoutConf().run("resume", "--config", config.toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.result().text("service")).isEqualTo("up");
        assertThat(run.result().findings()).containsOnlyOnce("ROUTES_UNUSABLE");
        assertThat(run.out()).contains(why, "this run goes by the packaged routes and calls no hook");
        assertThat(told).doesNotExist();
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
