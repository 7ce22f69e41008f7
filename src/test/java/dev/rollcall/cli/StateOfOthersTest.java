package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Config;
import dev.rollcall.core.Retention;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.port.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write there could have root execute a recipe, or end the processes of a roll, of his own. */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class StateOfOthersTest {
    private static final int SOMEBODY = 65534;

    private final StringWriter err = new StringWriter();
    private Path folder;
    private Path state;

    @BeforeEach
    void make(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("supervisord.conf"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart", "resume", "serve"})
    void a_command_that_acts_reads_nothing_of_a_folder_of_another_user(String command) throws IOException {
        Files.setAttribute(state, "unix:uid", SOMEBODY);
        assertThat(run(new Untouchable(), state, command)).isEqualTo(4);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains(state + " as state folder but", "run: chown root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    void nor_of_one_that_others_may_write(String rights) throws IOException {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(rights));
        assertThat(run(new Untouchable(), state, "resume")).isEqualTo(4);
    }

    @Test
    void nor_of_one_that_others_may_replace() throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", SOMEBODY);
        Path link = Files.createSymbolicLink(theirs.resolve("link"), state);
        Path inside = Files.createDirectory(theirs.resolve("inside"));
        assertThat(run(new Untouchable(), link, "resume")).isEqualTo(4);
        assertThat(run(new Untouchable(), inside, "resume")).isEqualTo(4);
        assertThat(run(new Untouchable(), Files.createSymbolicLink(folder.resolve("in"), inside), "resume"))
                .isEqualTo(4);
    }

    @Test
    void a_command_that_only_reads_goes_on() throws IOException {
        Files.setAttribute(state, "unix:uid", SOMEBODY);
        assertThat(run(new JournalOnly(new FileJournal(state, Retention.DEFAULT)), state, "runs"))
                .isZero();
    }

    @Test
    void one_of_roots_own_and_one_that_is_still_to_be_made_are_trusted() throws IOException {
        JournalOnly machine = new JournalOnly(new FileJournal(state, Retention.DEFAULT));
        assertThat(run(machine, state, "resume")).isZero();
        assertThat(run(machine, folder.resolve("none"), "resume")).isZero();
    }

    private int run(Machine machine, Path stateDir, String command) {
        String[] args = command.equals("restart")
                ? new String[] {command, "--state-dir", stateDir.toString(), "-c", folder + "/supervisord.conf"}
                : new String[] {command, "--state-dir", stateDir.toString()};
        return Rollcall.commandLine(machine, args)
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    /** Whoever comes to it has read the folder, or is about to. */
    private static final class Untouchable extends JournalOnly {
        @SuppressWarnings("NullAway")
        Untouchable() {
            super(null);
        }

        @Override
        public Journal journal(Path stateDir, Retention keep) {
            throw new AssertionError("it must not be read");
        }

        @Override
        public int serve(Config config, Path stateDir, boolean json) {
            throw new AssertionError("it must not be served from");
        }
    }
}
