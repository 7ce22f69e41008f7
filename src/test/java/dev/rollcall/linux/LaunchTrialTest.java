package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Output;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried before the stop (S5): all of a start but the last. */
class LaunchTrialTest {
    @TempDir
    private Path folder;

    private StandIn standIn;

    @BeforeEach
    void prepare() throws IOException {
        standIn = StandIn.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stay", "daemonize"})
    void nothing_is_executed_and_nothing_is_written(String manner) throws IOException {
        StartRecipe recipe = standIn.recipe(manner);
        Path output = folder.resolve("out.log");
        Output trial = trial(StandIn.at(recipe, recipe.argv(), folder, output.toString()));
        assertThat(trial.err()).isEmpty();
        assertThat(trial.exit()).isZero();
        assertThat(trial.out()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(standIn.script());
        }
    }

    @Test
    void a_directory_that_may_not_be_entered_is_named() throws IOException {
        Output trial =
                trial(StandIn.in(standIn.recipe("stay"), folder.resolve("none").toString()));
        assertThat(trial.exit()).isEqualTo(126);
        assertThat(trial.err()).contains("tried to enter directory " + folder.resolve("none") + " but ");
    }

    @Test
    void a_program_that_its_user_may_not_execute_is_named() throws IOException {
        assumeTrue(Us.isRoot(), "only root can be somebody else");
        Path program = Files.writeString(folder.resolve("supervisord"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        StartRecipe recipe = StandIn.at(standIn.recipe("stay"), List.of(program.toString()), folder, "");
        assertThat(trial(recipe).exit()).isZero();
        Output trial = trial(StandIn.as(recipe, StandIn.NOBODY));
        assertThat(trial.exit()).isEqualTo(126);
        assertThat(trial.err()).contains("tried to execute " + program + " but Permission denied");
    }

    private static Output trial(StartRecipe recipe) {
        return new RealCommands().run(Launch.trial(recipe));
    }
}
