package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Our reader against the installed supervisor's own: the same files accepted, the same refused, the same programs. */
@Tag("integration")
class SupervisorAgreesTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> on_every_configuration() throws IOException, InterruptedException {
        Judge judge = new Judge(folder.toRealPath());
        Map<String, Path> confs = Configurations.in(folder.toRealPath());
        List<Path> paths = List.copyOf(confs.values());
        List<Judge.Verdict> theirs = judge.theirs(paths);
        List<String> titles = List.copyOf(confs.keySet());
        return IntStream.range(0, titles.size())
                .mapToObj(i -> dynamicTest(titles.get(i), () -> agree(judge.ours(paths.get(i)), theirs.get(i))));
    }

    /** Lines put together by chance find what no one thought of; the seed makes a failure come again. */
    @Test
    void on_configurations_made_by_chance() throws IOException, InterruptedException {
        Judge judge = new Judge(folder.toRealPath());
        RandomConfigurations random = new RandomConfigurations(folder.toRealPath(), new Random(20261123));
        List<Path> paths = random.write(1500);
        List<Judge.Verdict> theirs = judge.theirs(paths);
        for (int i = 0; i < paths.size(); i++) {
            Judge.Verdict ours = judge.ours(paths.get(i));
            assertThat(ours.accepted())
                    .as(
                            "%s%n%s%n%s",
                            Files.readString(paths.get(i)),
                            ours.reason(),
                            theirs.get(i).reason())
                    .isEqualTo(theirs.get(i).accepted());
            assertThat(ours.programs())
                    .as(Files.readString(paths.get(i)))
                    .isEqualTo(theirs.get(i).programs());
        }
    }

    private static void agree(Judge.Verdict ours, Judge.Verdict theirs) {
        assertThat(ours.accepted())
                .as("ours: %s, theirs: %s", ours.reason(), theirs.reason())
                .isEqualTo(theirs.accepted());
        assertThat(ours.programs()).isEqualTo(theirs.programs());
        assertThat(ours.main()).isEqualTo(theirs.main());
        if (!ours.accepted()) {
            assertThat(ours.reason()).startsWith("tried to read ").contains(" but ", "; ", ".");
        }
    }
}
