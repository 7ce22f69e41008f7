package dev.rollcall.arena.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Launcher;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One arena whose restarts are cut off at one moment after the other, each time followed by whatever finishes it. */
final class PowerCut implements AutoCloseable {
    private static final int HALTED = 99;
    /** As bin/rollcall does; the classes of the test come behind, so that the archive fits. */
    private static final List<String> LIKE_THE_LAUNCHER = List.of(
            "-Xshare:auto",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xms64m",
            "-Xmn24m",
            "-Xmx96m",
            "-XX:CompileThresholdScaling=8",
            "-Xss512k",
            "-Dorg.apache.camel.jmx.disabled=true");

    enum Scene {
        IDLE_WORKERS,
        LEFTOVERS,
        ORPHANS
    }

    private final Scene scene;
    private final Arena arena;
    private final Proc bystander;
    private int cuts;

    private PowerCut(Scene scene, Arena arena) throws Exception {
        this.scene = scene;
        this.arena = arena;
        bystander = arena.detached("detach", "nohup", 3600);
    }

    static PowerCut open(Scene scene) throws Exception {
        Program worker = Program.celery("q").set("stopsignal", "TERM").set("stopwaitsecs", "1");
        return new PowerCut(scene, Arena.of(worker).open());
    }

    /** At each point of each event that a run has. @return how many cuts that were */
    int everywhere() throws Exception {
        for (int event = 1; once(event); event++) {
            assertThat(event).as("events of one run").isLessThan(100);
        }
        return cuts;
    }

    /** @return whether a run has so many events */
    private boolean once(int event) throws Exception {
        for (String point : points(event)) {
            Optional<String> task = prepare();
            List<Proc> old = arena.celery();
            long shutdowns = shutdowns();
            Run cut = arena.rollcall().exactly(halting(point, event)).await();
            if (cut.exitCode() != HALTED) {
                assertThat(cut.exitCode()).as(cut.toString()).isZero();
                return false;
            }
            cuts++;
            List<Proc> fresh = started(old);
            Run finished = arena.rollcall().withoutConf().run("resume");
            String when = scene + ", event " + event + ", " + point;
            assertThat(finished.exitCode()).as(when + ": " + finished).isZero();
            if (shutdowns() == shutdowns) {
                // cut off before the first event was on disk: there was nothing to resume
                assertThat(old).as(when).allMatch(Proc::isAlive);
                assertThat(arena.rollcall().run("restart").exitCode()).isZero();
            } else {
                check(when, finished, old, fresh, task);
            }
        }
        return true;
    }

    /**
     * The effect of an event has happened whether its line is missing or half there, and a half line is dropped: so each event has its line
     * missing in one of the scenes, and torn in the others.
     */
    private List<String> points(int event) {
        boolean missing = event % Scene.values().length == scene.ordinal();
        return List.of(missing ? "BEFORE_THE_WRITE" : "HALF_WRITTEN", "AFTER_THE_WRITE");
    }

    private Optional<String> prepare() throws Exception {
        arena.awaitNodes();
        Optional<String> task = scene == Scene.IDLE_WORKERS ? Optional.empty() : Optional.of(arena.begin("nap", 3600));
        if (scene == Scene.ORPHANS) {
            Proc supervisord = arena.supervisord();
            supervisord.kill();
            await().until(() -> !supervisord.isAlive());
        }
        return task;
    }

    private List<String> halting(String point, int event) {
        Path target = Launcher.path().resolve("../../target").normalize();
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-XX:SharedArchiveFile=" + target + "/rollcall.jsa");
        command.addAll(LIKE_THE_LAUNCHER);
        command.add("-Drollcall.halt=" + point + ":" + event);
        command.addAll(
                List.of("-cp", target + "/rollcall.jar:" + target + "/test-classes", "dev.rollcall.HaltingMain"));
        command.addAll(List.of("restart", "--inspect-timeout", "20s"));
        command.addAll(List.of("-c", arena.folder().conf().toString()));
        command.addAll(List.of("--state-dir", arena.folder().state().toString()));
        return command;
    }

    /** Main processes that the run had started before it was cut off: those are never shut down again. */
    private List<Proc> started(List<Proc> old) throws Exception {
        List<Long> known = old.stream().map(Proc::pid).toList();
        List<Proc> fresh = new ArrayList<>();
        for (Proc process : arena.celery()) {
            if (!known.contains(process.pid())
                    && Proc.read(process.ppid()).filter(Proc::isSupervisord).isPresent()) {
                fresh.add(process);
            }
        }
        return fresh;
    }

    private long shutdowns() throws Exception {
        return arena.folder()
                .journals()
                .lines()
                .filter(l -> l.contains("\"shutdown_begun\""))
                .count();
    }

    private void check(String when, Run run, List<Proc> old, List<Proc> fresh, Optional<String> task) throws Exception {
        assertThat(bystander.isAlive()).as(when + ": the bystander").isTrue();
        assertThat(old).as(when + ": leftovers").noneMatch(Proc::isAlive);
        assertThat(fresh).as(when + ": started by the run itself").allMatch(Proc::isAlive);
        assertThat(arena.supervisord().isAlive()).as(when).isTrue();
        String journals = arena.folder().journals();
        task.ifPresent(id -> assertThat(journals.lines())
                .as(when + ": " + run)
                .anyMatch(l -> l.contains("\"task_interrupted\"") && l.contains(id)));
        // cut off behind its last event, it was over
        assertThat(run.json().get("outcome").asText()).as(when).isIn("succeeded", "nothing_to_do");
        if (run.json().get("outcome").asText().equals("succeeded")) {
            assertThat(run.result().text("service")).as(when).isEqualTo("up");
        }
    }

    @Override
    public void close() throws Exception {
        arena.close();
    }
}
