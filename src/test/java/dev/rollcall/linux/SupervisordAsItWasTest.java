package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Output;
import dev.rollcall.port.Processes.Delivery;
import dev.rollcall.port.Processes.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: a supervisord started again by hand had another umask and environment; its programs failed hours later. */
@Tag("integration")
class SupervisordAsItWasTest {
    /** A Python starts and ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Spawner spawner = new Spawner();
    private final ProcfsProcesses processes = new ProcfsProcesses();

    @TempDir
    private Path folder;

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void a_daemonized_supervisord_is_the_same_after_a_restart() throws IOException {
        same("umask=027\ndirectory=/\n");
    }

    @Test
    void a_foreground_supervisord_is_the_same_after_a_restart() throws IOException {
        same("nodaemon=true\n");
    }

    /** It would be started as nobody: known before the stop, where nobody may not read what root has read. */
    @Test
    void one_that_has_become_another_user_may_not_read_what_root_has_read_for_it() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path conf = Files.createFile(folder.resolve("my.conf"));
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
        ProcessIdentity first = begin("user=nobody\n");
        ProcfsStarter starter = new ProcfsStarter(folder.resolve("recipes"));
        StartRecipe recipe = starter.observe(first);
        assertThat(recipe.uid()).isEqualTo(StandIn.NOBODY);
        assertThat(starter.unreadable(recipe, List.of(conf.toString()))).contains(conf.toString());
        end(first);
        assertThat(start(starter, recipe).err()).contains("could not read config file");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(starter.unreadable(recipe, List.of(conf.toString()))).isEmpty();
        Output output = start(starter, recipe);
        assertThat(output.exit()).as(output.err()).isZero();
        end(running());
    }

    @Test
    void a_supervisord_that_cannot_start_says_why() throws IOException {
        ProcessIdentity first = begin("");
        ProcfsStarter starter = new ProcfsStarter(folder.resolve("recipes"));
        StartRecipe recipe = starter.observe(first);
        end(first);
        Files.writeString(folder.resolve("my.conf"), "[supervisord]\nloglevel=nonsense\n");
        Output output = start(starter, recipe);
        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err()).contains("bad logging level name");
    }

    private void same(String settings) throws IOException {
        ProcessIdentity first = begin(settings);
        ProcfsStarter starter = new ProcfsStarter(folder.resolve("recipes"));
        StartRecipe before = starter.observe(first);
        assertThat(before.environment()).containsEntry("COLOUR", "blue");
        assertThat(before.directory()).isEqualTo(folder.toRealPath().toString());
        assertThat(before.foreground()).isEqualTo(settings.contains("nodaemon"));
        end(first);
        Output output = start(starter, before);
        assertThat(output.exit()).as(output.err()).isZero();
        ProcessIdentity second = running();
        assertThat(second).isNotEqualTo(first);
        assertThat(starter.observe(second)).isEqualTo(before);
        end(second);
    }

    private static final String[] LINES = {
        "[supervisord]", "logfile=%(here)s/log", "pidfile=%(here)s/pid", "childlogdir=%(here)s", "environment=LATER=1"
    };

    private ProcessIdentity begin(String settings) throws IOException {
        Files.writeString(folder.resolve("my.conf"), String.join("\n", LINES) + "\n" + settings);
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/supervisord", "-c", "my.conf")
                .directory(folder.toRealPath().toFile())
                .redirectOutput(folder.resolve("out.log").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("COLOUR", "blue");
        builder.environment().put("PWD", folder.toRealPath().toString());
        spawner.adopt(builder.start().pid());
        return running();
    }

    private ProcessIdentity running() {
        Path pidfile = folder.resolve("pid");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(pidfile) && !Files.readString(pidfile).isBlank());
        long pid;
        try {
            pid = Long.parseLong(Files.readString(pidfile).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        spawner.adopt(pid);
        return Spawner.identity(pid);
    }

    private void end(ProcessIdentity supervisord) {
        assertThat(processes.signal(supervisord, Signal.TERM)).isEqualTo(Delivery.DELIVERED);
        await().atMost(PATIENCE).until(() -> !processes.alive(supervisord) && Files.notExists(folder.resolve("pid")));
    }

    private Output start(ProcfsStarter starter, StartRecipe recipe) {
        return new RealCommands().run(starter.start(recipe, folder.resolve("errors.txt"), PATIENCE));
    }
}
