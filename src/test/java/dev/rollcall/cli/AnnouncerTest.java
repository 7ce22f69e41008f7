package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The collection for Ansible reads this line: an engine that is killed leaves nothing else that names its run. */
class AnnouncerTest {
    @Test
    void a_program_learns_which_run_it_is_before_there_is_a_document() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Rollcall())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));

        Screen screen = Screen.of(command, true);
        screen.progress().underWay("20261123T103000Z-4f2a9c");
        screen.settle();

        assertThat(err).hasToString("rollcall: run 20261123T103000Z-4f2a9c is under way\n");
        assertThat(out.toString()).isEmpty();
    }
}
