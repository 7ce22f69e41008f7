package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Ignores and blocks signals and leaves a descriptor open, as a careless parent does. */
    private static final String[] CARELESS = {
        Spawner.PYTHON,
        "-c",
        """
        import os, signal, sys
        for ignored in (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD): signal.signal(ignored, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGTERM])
        os.set_inheritable(os.dup2(os.open('/etc/passwd', os.O_RDONLY), 77), True)
        os.execv(sys.argv[1], sys.argv[1:])"""
    };

    private static final String[] NICE = {
        Spawner.PYTHON,
        "-c",
        """
        import os, sys
        os.nice(19)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        os.execv(sys.argv[1], sys.argv[1:])"""
    };

    private static final String[] AS_NOBODY = {
        Spawner.PYTHON,
        "-c",
        """
        import os, sys
        os.setgroups([65534]); os.setgid(65534); os.setuid(65534)
        os.execv(sys.argv[1], sys.argv[1:])"""
    };

    /** HUP, INT, QUIT, TERM and TSTP in a signal set of {@code status}. */
    private static final long TERMINAL = 1 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 19;

    private final Spawner spawner = new Spawner();

    @TempDir
    private Path folder;

    private StandIn standIn;
    private Path errors;

    @BeforeEach
    void prepare() throws IOException {
        standIn = StandIn.in(folder);
        errors = folder.resolve("errors.txt");
    }

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void s14_environment_directory_umask_and_limits_are_as_they_were() throws IOException {
        Map<String, String> environment =
                Map.of("PLAIN", "x=y", "LINES", "a\nb\n", "BYTES", "\u00e9\u00ff\u0080", "N\u00e4ME", "", "EMPTY", "");
        start(StandIn.with(standIn.recipe("fail"), environment));
        assertThat(standIn.environment()).isEqualTo(environment);
        assertThat(standIn.text("cwd")).isEqualTo(folder.toRealPath().toString());
        assertThat(StatusFile.read(folder).umask()).isEqualTo(027);
        assertThat(LimitsFile.read(folder)).containsEntry("RLIMIT_NOFILE", List.of(234L, 567L));
        assertThat(standIn.text("cmdline"))
                .isEqualTo(String.join("\0", standIn.recipe("fail").argv()) + "\0");
    }

    @Test
    void s14_it_leads_a_session_of_its_own_with_no_descriptor_and_no_signal_set_of_ours() throws IOException {
        long pid = started(standIn.recipe("stay"), CARELESS);
        assertThat(standIn.stat().sid()).isEqualTo(pid);
        assertThat(standIn.stat().pgid()).isEqualTo(pid);
        assertThat(standIn.signals("SigBlk")).isZero();
        // Python itself ignores PIPE and XFSZ, the C library's posix_spawn its own 32 and 33, which nobody else can set
        assertThat(standIn.signals("SigIgn") & ~(1L << 12 | 1L << 24 | 3L << 31))
                .isZero();
        assertThat(standIn.descriptors())
                .isEqualTo(Map.of(
                        "0",
                        "/dev/null",
                        "1",
                        "/dev/null",
                        "2",
                        errors.toRealPath().toString()));
    }

    /** Incident: a restart by a job of cron under nice left workers that were nice, on one processor, until the next reboot. */
    @Test
    void s14_nice_value_and_processors_of_the_caller_are_not_passed_on() throws IOException {
        assumeTrue(StatusFile.read(Path.of("/proc/self")).uid() == 0, "only root may");
        StatLine ours = ProcReader.statOnly(ProcfsProcesses.PROC)
                .stat(ProcessHandle.current().pid())
                .orElseThrow();
        Scheduling usual = new Scheduling(
                ours.nice(), StatusFile.read(Path.of("/proc/self")).cpus());
        started(StandIn.scheduled(standIn.recipe("stay"), usual), NICE);
        assertThat(standIn.stat().nice()).isEqualTo(usual.nice());
        assertThat(StatusFile.read(folder).cpus()).isEqualTo(usual.cpus());
    }

    @Test
    void a_nice_value_that_may_not_be_had_is_told_and_hinders_nothing() throws IOException {
        assumeTrue(StatusFile.read(Path.of("/proc/self")).uid() == 0, "only root can be somebody else");
        StartRecipe recipe =
                StandIn.scheduled(StandIn.as(standIn.recipe("fail"), StandIn.NOBODY), new Scheduling(-20, "99999"));
        Output output = start(recipe, AS_NOBODY);
        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err())
                .contains("tried to set the nice value -20 but ")
                .contains("tried to run it on processors 99999 but ");
        assertThat(standIn.stat().nice()).isNotEqualTo(-20);
    }

    @Test
    void a_foreground_one_goes_on_and_writes_where_it_wrote() throws IOException {
        Path output = Files.writeString(folder.resolve("out.log"), "before\n");
        Files.writeString(errors, "of an earlier start, and longer than the new words");
        StartRecipe recipe = standIn.recipe("stay");
        long pid = started(StandIn.at(recipe, recipe.argv(), folder, output.toString()));
        assertThat(Files.readString(output)).isEqualTo("before\nwords on stdout\n");
        assertThat(Files.readString(errors)).isEqualTo("words on stderr\n");
        assertThat(ProcessHandle.of(pid)).isPresent();
    }

    @Test
    void the_file_for_errors_is_for_its_owner_only() throws IOException {
        started(standIn.recipe("stay"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(errors)))
                .isEqualTo("rw-------");
    }

    /** Incident: the disk had been mounted read-only, and there was no place for the words of a supervisord that would have started. */
    @Test
    void one_whose_words_have_no_place_is_started_all_the_same() throws IOException {
        errors = Files.createDirectory(folder.resolve("errors.txt"));
        Output output = start(standIn.recipe("stay"));
        assertThat(output.err()).startsWith("tried to open " + errors + " but ");
        spawner.adopt(Long.parseLong(new String(output.out(), StandardCharsets.US_ASCII).replaceAll("\\D", "")));
        await().until(standIn::told);
        assertThat(standIn.descriptors()).containsEntry("2", "/dev/null");
    }

    @Test
    void a_daemonizing_one_is_waited_for_and_lives_on() throws IOException {
        Output output = start(standIn.recipe("daemonize"));
        assertThat(output.exit()).isZero();
        await().until(() -> Files.exists(folder.resolve("pid")));
        long pid = Long.parseLong(standIn.text("pid"));
        spawner.adopt(pid);
        assertThat(new ProcfsProcesses().find(pid))
                .hasValueSatisfying(entry -> assertThat(entry.sid()).isEqualTo(pid));
        assertThat(errors).doesNotExist();
    }

    @Test
    void a_failing_one_gives_its_exit_code_and_its_words() throws IOException {
        Output output = start(standIn.recipe("fail"));
        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err()).contains("words on stderr").contains("words on stdout");
        assertThat(output.out()).isEmpty();
    }

    @Test
    void one_that_dies_of_a_signal_says_so_in_its_exit_code() throws IOException {
        assertThat(start(standIn.recipe("die")).exit()).isEqualTo(128 + 15);
    }

    @Test
    void s8_the_signals_of_a_terminal_do_not_end_the_starter() throws IOException {
        StartRecipe recipe = standIn.recipe("wait");
        CompletableFuture<Output> start = CompletableFuture.supplyAsync(() -> start(recipe));
        await().until(standIn::told);
        Path starter = Path.of("/proc", Long.toString(standIn.stat().ppid()));
        long ignored = StandIn.signals(Files.readString(starter.resolve("status")), "SigIgn");
        Files.createFile(folder.resolve("go"));
        assertThat(start.join().exit()).isZero();
        assertThat(ignored & TERMINAL).isEqualTo(TERMINAL);
        assertThat(standIn.signals("SigIgn") & TERMINAL).isZero();
    }

    @Test
    void s11_no_secret_stands_in_any_command_line() throws IOException {
        String secret = "s3cr3t-" + System.nanoTime();
        StartRecipe recipe = StandIn.with(standIn.recipe("wait"), Map.of("BROKER", secret));
        CompletableFuture<Output> start = CompletableFuture.supplyAsync(() -> start(recipe));
        await().until(standIn::told);
        List<String> lines = new ProcfsProcesses()
                .snapshot().all().stream().map(e -> e.argv().toString()).toList();
        Files.createFile(folder.resolve("go"));
        assertThat(start.join().exit()).isZero();
        assertThat(lines).anyMatch(line -> line.contains("-I, -S, -E")).noneMatch(line -> line.contains(secret));
        assertThat(standIn.environment()).containsEntry("BROKER", secret);
    }

    @Test
    void it_becomes_the_user_that_it_was() throws IOException {
        assumeTrue(StatusFile.read(Path.of("/proc/self")).uid() == 0, "only root may");
        start(StandIn.as(standIn.recipe("fail"), StandIn.NOBODY));
        StatusFile status = StatusFile.read(folder);
        assertThat(List.of(status.uid(), status.gid())).containsOnly(StandIn.NOBODY);
        assertThat(status.groups()).containsExactly(StandIn.NOBODY);
    }

    @Test
    void a_program_that_is_gone_is_named() throws IOException {
        StartRecipe recipe = standIn.recipe("stay");
        Output output = start(StandIn.at(recipe, List.of("/no/supervisord", "-n"), folder, ""));
        assertThat(output.exit()).isEqualTo(127);
        assertThat(output.err())
                .contains("tried to start supervisord with /no/supervisord but")
                .contains(";");
    }

    @Test
    void a_script_whose_interpreter_is_gone_is_named() throws IOException {
        Path script = Files.writeString(folder.resolve("old"), "#!/no/python\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Output output = start(StandIn.at(standIn.recipe("stay"), List.of(script.toString()), folder, ""));
        assertThat(output.exit()).isEqualTo(127);
        assertThat(output.err()).contains("its interpreter is not there");
    }

    @Test
    void a_directory_that_is_gone_is_named() throws IOException {
        StartRecipe recipe = standIn.recipe("fail");
        Output output = start(StandIn.at(recipe, recipe.argv(), folder.resolve("none"), ""));
        assertThat(output.exit()).isEqualTo(126);
        assertThat(output.err())
                .contains("tried to enter directory")
                .contains("No such file")
                .contains("create it");
    }

    @Test
    void a_program_without_a_folder_is_looked_up_on_its_own_path() throws IOException {
        Path program = Files.createSymbolicLink(folder.resolve("its-python"), Path.of(Spawner.PYTHON));
        StartRecipe recipe = standIn.recipe("fail");
        List<String> argv = List.of(program.getFileName().toString(), "standin.py", ".", "fail");
        StartRecipe found = StandIn.with(StandIn.at(recipe, argv, folder, ""), Map.of("PATH", "/none:" + folder));
        assertThat(start(found).exit()).isEqualTo(2);
        assertThat(standIn.text("cmdline")).startsWith("its-python\0");
    }

    @Test
    void words_that_are_no_text_are_given_as_they_were() throws IOException {
        StartRecipe recipe = standIn.recipe("fail");
        List<String> argv = List.of(Spawner.PYTHON, standIn.script().toString(), ".", "fail", "gr\u00fc\uDCE9\n", "");
        start(StandIn.at(recipe, argv, folder, ""));
        byte[] bytes = Files.readAllBytes(folder.resolve("cmdline"));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).endsWith("gr\u00c3\u00bc\u00e9\n\0\0");
    }

    /** It may be theirs to write. */
    @Test
    void s13_the_python_of_another_user_is_not_what_begins_with_our_rights() throws IOException {
        Path own = Files.createSymbolicLink(errors.resolveSibling("python3"), Path.of(Spawner.PYTHON));
        StartRecipe ours = StandIn.at(standIn.recipe("fail"), List.of(own.toString()), errors.getParent(), "");
        assertThat(Launch.of(ours, errors, LIMIT).argv()).contains(own.toString());
        StartRecipe theirs = StandIn.as(ours, ours.uid() + 1);
        assertThat(Launch.of(theirs, errors, LIMIT).argv()).doesNotContain(own.toString());
    }

    private long started(StartRecipe recipe, String... prefix) throws IOException {
        Output output = start(recipe, prefix);
        assertThat(output.err()).isEmpty();
        String pid = new String(output.out(), StandardCharsets.US_ASCII).replaceAll("\\D", "");
        spawner.adopt(Long.parseLong(pid));
        await().until(standIn::told);
        return Long.parseLong(pid);
    }

    private Output start(StartRecipe recipe, String... prefix) {
        return new RealCommands(prefix).run(Launch.of(recipe, errors, LIMIT));
    }
}
