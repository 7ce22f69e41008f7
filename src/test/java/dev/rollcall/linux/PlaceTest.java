package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes in namespaces of their own: which of them read the file that we read. */
@Tag("integration")
class PlaceTest {
    private static final List<String> SLEEP = List.of("sleep", "600");

    private final Spawner spawner = new Spawner();
    private final ProcfsProcesses processes = new ProcfsProcesses();
    private Path conf;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        conf = Files.writeString(folder.resolve("supervisord.conf"), "");
    }

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void one_in_our_namespaces_is_ours() throws IOException {
        assertThat(isOurs(sleeper())).isTrue();
    }

    @Test
    void one_in_a_pid_namespace_of_its_own_is_not() throws IOException {
        assertThat(isOurs(sleeper("unshare", "--pid", "--fork", "--kill-child")))
                .isFalse();
    }

    /** As a unit with PrivateTmp= has one. */
    @Test
    void one_in_a_mount_namespace_of_its_own_that_sees_our_file_is_ours() throws IOException {
        assertThat(isOurs(sleeper("unshare", "--mount"))).isTrue();
    }

    @Test
    void one_that_has_another_file_under_that_path_is_not() throws IOException {
        String hide = "mount -t tmpfs none " + conf.getParent() + " && touch " + conf + " && exec sleep 600";
        assertThat(isOurs(sleeper("unshare", "--mount", "sh", "-c", hide))).isFalse();
    }

    @Test
    void nor_is_one_that_has_none_there() throws IOException {
        String hide = "mount -t tmpfs none " + conf.getParent() + " && exec sleep 600";
        assertThat(isOurs(sleeper("unshare", "--mount", "sh", "-c", hide))).isFalse();
    }

    @Test
    void of_a_file_that_nobody_has_nothing_is_known() throws IOException {
        Files.delete(conf);
        assertThat(isOurs(sleeper())).isTrue();
    }

    @Test
    void one_that_is_closed_to_us_is_taken_for_ours(@TempDir Path proc) throws IOException {
        Path root = Files.createDirectory(proc.resolve("42")).resolve("root");
        Files.createSymbolicLink(root, root);
        assertThat(new Place(proc).isOurs(42, conf)).isTrue();
    }

    @Test
    void one_in_a_mount_namespace_of_its_own_is_surely_ours_with_our_root_and_our_files() throws IOException {
        long pid = sleeper("unshare", "--mount");
        assertThat(isSurelyOurs(pid)).isTrue();
        assertThat(processes.isSurelyOfThisPlace(pid, List.of(conf, conf.getParent())))
                .isTrue();
        assertThat(processes.isSurelyOfThisPlace(pid, List.of(conf, conf.resolveSibling("none"))))
                .isFalse();
    }

    @Test
    void one_with_other_pids_network_or_files_is_not_surely_ours() throws IOException {
        String hide = "mount -t tmpfs none " + conf.getParent() + " && touch " + conf + " && exec sleep 600";
        assertThat(isSurelyOurs(sleeper("unshare", "--mount", "sh", "-c", hide)))
                .isFalse();
        assertThat(isSurelyOurs(sleeper("unshare", "--pid", "--fork", "--kill-child")))
                .isFalse();
        assertThat(isSurelyOurs(sleeper("unshare", "--net"))).isFalse();
    }

    /** A container that shares our pids has its own root, and may have our configuration mounted at the same path. */
    @Test
    void nor_is_one_that_has_our_file_below_a_root_of_its_own() throws IOException {
        String root = conf.getParent() + "/root";
        String mounted = root + conf.getParent();
        String enter = "mkdir -p " + root + "/usr " + mounted + " && mount --rbind /usr " + root + "/usr"
                + " && for l in bin lib lib64; do test -e /$l && ln -s usr/$l " + root + "/$l; done"
                + "; mount --bind " + conf.getParent() + " " + mounted + " && exec chroot " + root + " sleep 600";
        long pid = sleeper("unshare", "--mount", "sh", "-c", enter);
        assertThat(isOurs(pid)).isTrue();
        assertThat(isSurelyOurs(pid)).isFalse();
    }

    @Test
    void what_may_not_be_looked_at_is_not_surely_ours(@TempDir Path proc) throws IOException {
        Path root = Files.createDirectory(proc.resolve("42")).resolve("root");
        Files.createSymbolicLink(root, root);
        assertThat(new Place(proc).isSurelyOurs(42, List.of(conf))).isFalse();
    }

    private boolean isSurelyOurs(long pid) {
        return processes.isSurelyOfThisPlace(pid, List.of(conf));
    }

    private boolean isOurs(long pid) {
        return processes.isOfThisPlace(pid, conf);
    }

    /** @return the pid of a process that sleeps, once it does */
    private long sleeper(String... before) throws IOException {
        boolean bySelf = List.of(before).contains("sh");
        String[] words = Stream.concat(Stream.of(before), bySelf ? Stream.of() : SLEEP.stream())
                .toArray(String[]::new);
        Process process = spawner.run(words);
        await().until(() -> sleeping(process).isPresent());
        long pid = sleeping(process).orElseThrow();
        spawner.adopt(pid);
        return pid;
    }

    private Optional<Long> sleeping(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .filter(pid ->
                        processes.find(pid).filter(e -> e.argv().equals(SLEEP)).isPresent())
                .findFirst();
    }
}
