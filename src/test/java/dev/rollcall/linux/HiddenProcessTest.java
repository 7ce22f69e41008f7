package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.core.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: with {@code hidepid} a process of another user looks like none; to take it for gone would start a second supervisord. */
@Tag("integration")
class HiddenProcessTest {
    private static final long HIDDEN = 42;

    @Test
    void one_that_is_closed_to_us_is_not_taken_for_gone(@TempDir Path folder) throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        open(folder);
        Path proc = open(Files.createDirectory(folder.resolve("proc")));
        Path closed = Files.createDirectory(proc.resolve(Long.toString(HIDDEN)));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThat(asNobody(folder, proc)).startsWith("refused: ").contains("look at process " + HIDDEN);
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A checkout may lie where only root may enter: the classes are taken along. */
    private static String asNobody(Path folder, Path proc) throws Exception {
        run("/bin/cp", "-r", "target/classes", "target/test-classes", folder.toString());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = folder.resolve("classes") + ":" + folder.resolve("test-classes");
        String main = HiddenProcessTest.class.getName() + "$Onlooker";
        String nobody = Long.toString(StandIn.NOBODY);
        return run(
                "/usr/bin/setpriv",
                "--reuid=" + nobody,
                "--regid=" + nobody,
                "--clear-groups",
                java,
                "-cp",
                path,
                main,
                proc.toString());
    }

    private static String run(String... words) throws Exception {
        Process process =
                new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Runs in the other process. */
    static final class Onlooker {
        private Onlooker() {}

        public static void main(String[] args) {
            Signaller signaller = new Signaller(Path.of(args[0]), "boot", KillProgram.BY_SHELL);
            try {
                System.out.println("seen: " + signaller.look(new ProcessIdentity(HIDDEN, 1, "boot")));
            } catch (UncheckedIOException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
