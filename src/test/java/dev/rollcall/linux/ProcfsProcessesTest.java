package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcfsProcessesTest {
    private final Spawner spawner = new Spawner();
    private final ProcfsProcesses processes = new ProcfsProcesses();

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void the_snapshot_holds_a_child_with_all_that_can_be_known() throws IOException {
        Process sleeper = spawner.run("/usr/bin/env", "SUPERVISOR_GROUP_NAME=g=h", "NOT_SUPERVISOR=1", "sleep", "600");
        await().untilAsserted(() -> assertThat(entry(sleeper.pid()).argv()).isEqualTo(List.of("sleep", "600")));
        ProcessEntry entry = entry(sleeper.pid());
        assertThat(entry.marks())
                .containsEntry("SUPERVISOR_GROUP_NAME", "g=h")
                .containsOnlyKeys("SUPERVISOR_GROUP_NAME", ProcessEntry.NAMESPACES);
        assertThat(entry.namespaces()).isEqualTo(processes.snapshot().namespaces());
        assertThat(entry.ppid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(Path.of(entry.exe())).isAbsolute();
        assertThat(entry.uid()).isEqualTo(entry(ProcessHandle.current().pid()).uid());
        assertThat(entry.identity(processes.bootId())).isEqualTo(Spawner.identity(sleeper.pid()));
    }

    @Test
    void empty_words_of_a_command_line_count() throws IOException {
        Spawner.Spoken child = spawner.python("import time; print(1, flush=True); time.sleep(600)\n");
        assertThat(entry(child.pid()).argv()).hasSize(3);
        Process empty = spawner.run(Spawner.PYTHON, "-c", "import time; time.sleep(600)", "", "x", "");
        await().untilAsserted(() -> assertThat(entry(empty.pid()).argv()).endsWith("", "x", ""));
    }

    @Test
    void a_name_made_to_deceive_leaves_the_parent_right() throws IOException {
        Spawner.Spoken child = spawner.python(
                """
                import time
                open('/proc/self/comm', 'wb').write(b'a) R 1 (\\nb) Z 1')
                print(1, flush=True); time.sleep(600)""");
        assertThat(entry(child.pid()).ppid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(processes.alive(Spawner.identity(child.pid()))).isTrue();
    }

    @Test
    void a_zombie_is_gone() throws IOException {
        Spawner.Spoken parent = spawner.python(
                """
                import os, time
                pid = os.fork() or os._exit(0)
                print(pid, flush=True); time.sleep(600)""");
        await().until(() -> processes.find(parent.number()).isEmpty());
        ProcessIdentity zombie = Spawner.identity(parent.number());
        assertThat(processes.alive(zombie)).isFalse();
        assertThat(processes.snapshot().get(zombie.pid())).isEmpty();
        assertThat(processes.children(Spawner.identity(parent.pid()))).isEmpty();
    }

    @Test
    void children_are_those_of_every_thread_and_of_nobody_else() throws IOException {
        Spawner.Spoken parent = spawner.python(
                """
                import subprocess, threading, time
                pids = []
                spawn = lambda: pids.append(subprocess.Popen(['sleep', '600']).pid) or time.sleep(600)
                threading.Thread(target=spawn, daemon=True).start()
                threading.Thread(target=spawn, daemon=True).start()
                while len(pids) < 2: time.sleep(0.01)
                print(*pids, flush=True); time.sleep(600)""");
        List<Long> pids =
                List.of(parent.line().split(" ")).stream().map(Long::valueOf).toList();
        pids.forEach(spawner::adopt);
        assertThat(processes.children(Spawner.identity(parent.pid())))
                .extracting(ProcessEntry::pid)
                .containsExactlyInAnyOrderElementsOf(pids);
    }

    @Test
    void another_process_of_that_pid_has_no_children_and_is_not_alive() throws IOException {
        ProcessIdentity us = Spawner.identity(ProcessHandle.current().pid());
        spawner.run("sleep", "600");
        assertThat(processes.children(us)).isNotEmpty();
        ProcessIdentity other = new ProcessIdentity(us.pid(), us.startTicks() + 1, us.bootId());
        ProcessIdentity otherBoot = new ProcessIdentity(us.pid(), us.startTicks(), "another");
        assertThat(processes.children(other)).isEmpty();
        assertThat(processes.alive(other)).isFalse();
        assertThat(processes.alive(otherBoot)).isFalse();
        assertThat(processes.alive(us)).isTrue();
    }

    @Test
    void a_megabyte_of_arguments_is_cut() throws IOException {
        Spawner.Spoken child = spawner.python(
                """
                import os, subprocess, time
                pid = subprocess.Popen(['/bin/sh', '-c', 'sleep 600; true'] + ['x' * 100000] * 10).pid
                print(pid, flush=True); time.sleep(600)""");
        spawner.adopt(child.number());
        await().until(() -> entry(child.number()).argv().size() > 3);
        processes.children(Spawner.identity(child.number())).forEach(sleep -> spawner.adopt(sleep.pid()));
        int length = String.join("", entry(child.number()).argv()).length();
        assertThat(length).isBetween(100_000, 128 * 1024);
    }

    @Test
    void the_host_is_named_as_python_names_it() throws IOException {
        Spawner.Spoken python = spawner.python("import socket; print(socket.gethostname(), flush=True)");
        assertThat(processes.host()).isEqualTo(python.line());
    }

    @Test
    void who_writes_to_a_pipe_of_a_reader_is_told_from_who_does_not() throws IOException {
        Spawner.Spoken reader = spawner.python(
                """
                import subprocess, time
                piped = subprocess.Popen(['sleep', '600'], stdout=subprocess.PIPE).pid
                null = subprocess.DEVNULL
                fed = subprocess.Popen(['sleep', '600'], stdin=subprocess.PIPE, stdout=null, stderr=null).pid
                print(piped, fed, flush=True); time.sleep(600)""");
        String[] pids = reader.line().split(" ");
        long piped = Long.parseLong(pids[0]);
        long fed = Long.parseLong(pids[1]);
        List.of(piped, fed).forEach(spawner::adopt);
        assertThat(processes.writesTo(piped, reader.pid())).isTrue();
        assertThat(processes.writesTo(fed, reader.pid())).isFalse();
        assertThat(processes.writesTo(piped, fed)).isFalse();
    }

    private ProcessEntry entry(long pid) {
        return processes.snapshot().get(pid).orElseThrow();
    }
}
