package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.port.Processes.Delivery;
import dev.rollcall.port.Processes.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignallerTest {
    private final Spawner spawner = new Spawner();
    private final String boot = new ProcfsProcesses().bootId();
    private final Signaller signaller = new Signaller(ProcfsProcesses.PROC, boot, KillProgram.find());

    @TempDir
    private Path folder;

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"TERM", "KILL"})
    void ends_exactly_the_process_it_was_told(Signal signal) throws IOException, InterruptedException {
        Process child = spawner.run("sleep", "600");
        Process bystander = spawner.run("sleep", "600");
        assertThat(signaller.signal(Spawner.identity(child.pid()), signal)).isEqualTo(Delivery.DELIVERED);
        assertThat(child.waitFor()).isEqualTo(signal == Signal.KILL ? 137 : 143);
        assertThat(bystander.isAlive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void s1_a_pid_that_is_another_process_now_is_left_alone(Signal signal) throws IOException {
        Process child = spawner.run("sleep", "600");
        ProcessIdentity now = Spawner.identity(child.pid());
        ProcessIdentity earlier = new ProcessIdentity(now.pid(), now.startTicks() - 1, boot);
        ProcessIdentity otherBoot = new ProcessIdentity(now.pid(), now.startTicks(), "another");
        assertThat(signaller.signal(earlier, signal)).isEqualTo(Delivery.NOT_THE_SAME);
        assertThat(signaller.signal(otherBoot, signal)).isEqualTo(Delivery.NOT_THE_SAME);
        assertThat(state(child.pid())).isNotIn('Z', 'X', 'T');
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void what_has_ended_is_gone(Signal signal) throws IOException, InterruptedException {
        Process child = spawner.run("sleep", "600");
        ProcessIdentity identity = Spawner.identity(child.pid());
        child.destroyForcibly().waitFor();
        await().until(() -> signaller.look(identity) == Signaller.Sight.GONE);
        assertThat(signaller.signal(identity, signal)).isEqualTo(Delivery.GONE);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void a_zombie_is_gone(Signal signal) throws IOException {
        Spawner.Spoken parent = spawner.python(
                """
                import os, time
                pid = os.fork() or os._exit(0)
                print(pid, flush=True); time.sleep(600)""");
        await().until(() -> state(parent.number()) == 'Z');
        assertThat(signaller.signal(Spawner.identity(parent.number()), signal)).isEqualTo(Delivery.GONE);
    }

    @Test
    void stop_freezes_and_cont_lets_go_on_and_kill_ends_a_frozen_one() throws IOException, InterruptedException {
        Process child = spawner.run("sleep", "600");
        ProcessIdentity identity = Spawner.identity(child.pid());
        assertThat(signaller.signal(identity, Signal.STOP)).isEqualTo(Delivery.DELIVERED);
        await().until(() -> state(child.pid()) == 'T');
        assertThat(signaller.look(identity)).isEqualTo(Signaller.Sight.ALIVE);
        assertThat(signaller.signal(identity, Signal.CONT)).isEqualTo(Delivery.DELIVERED);
        await().until(() -> state(child.pid()) == 'S');
        signaller.signal(identity, Signal.STOP);
        assertThat(signaller.signal(identity, Signal.KILL)).isEqualTo(Delivery.DELIVERED);
        assertThat(child.waitFor()).isEqualTo(137);
    }

    @Test
    void a_shell_stops_where_there_is_no_kill_program() throws IOException {
        Process child = spawner.run("sleep", "600");
        assertThat(KillProgram.BY_SHELL.send("STOP", child.pid())).isTrue();
        await().until(() -> state(child.pid()) == 'T');
    }

    /** CONT does no harm, should this ever fail. */
    @Test
    void s2_neither_init_nor_ourselves_nor_who_is_above_us_nor_a_group_is_signalled() {
        ProcessHandle us = ProcessHandle.current();
        assertThat(signaller.signal(Spawner.identity(us.pid()), Signal.CONT)).isEqualTo(Delivery.DENIED);
        for (var above = us.parent(); above.isPresent(); above = above.get().parent()) {
            assertThat(signaller.signal(Spawner.identity(above.get().pid()), Signal.CONT))
                    .isEqualTo(Delivery.DENIED);
        }
        for (long pid : List.of(1L, 0L, -1L, -us.pid())) {
            assertThat(signaller.signal(new ProcessIdentity(pid, 1, boot), Signal.CONT))
                    .isEqualTo(Delivery.DENIED);
        }
    }

    @Test
    void a_signal_that_the_kernel_refuses_is_denied() throws IOException {
        Process child = spawner.run("sleep", "600");
        Signaller powerless = new Signaller(ProcfsProcesses.PROC, boot, new KillProgram(List.of("/bin/false")));
        assertThat(powerless.signal(Spawner.identity(child.pid()), Signal.STOP)).isEqualTo(Delivery.DENIED);
        assertThat(powerless.signal(Spawner.identity(child.pid()), Signal.CONT)).isEqualTo(Delivery.DENIED);
    }

    @Test
    void what_may_not_be_looked_at_is_not_taken_for_gone() throws IOException {
        Files.createDirectories(folder.resolve("42"));
        Signaller blind = new Signaller(folder, boot, KillProgram.BY_SHELL);
        assertThatThrownBy(() -> blind.look(new ProcessIdentity(42, 1, boot)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("tried to ");
    }

    @Test
    void a_pid_that_changed_hands_during_stop_is_let_go_on() throws IOException {
        Process child = spawner.run("sleep", "600");
        Path stat = Files.createDirectories(folder.resolve(Long.toString(child.pid())))
                .resolve("stat");
        Files.writeString(stat, "7 (a) S 1 1 1 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 100 0");
        Path log = folder.resolve("log");
        String script = "sed -i 's/0 100 0/0 101 0/' " + stat + "; echo $1 >> " + log;
        Signaller late = new Signaller(folder, boot, new KillProgram(List.of("/bin/sh", "-c", script, "kill")));
        Delivery delivery = late.signal(new ProcessIdentity(child.pid(), 100, boot), Signal.STOP);
        assertThat(delivery).isEqualTo(Delivery.NOT_THE_SAME);
        assertThat(Files.readAllLines(log)).containsExactly("STOP", "CONT");
    }

    private static char state(long pid) {
        return ProcReader.statOnly(ProcfsProcesses.PROC).stat(pid).orElseThrow().state();
    }
}
