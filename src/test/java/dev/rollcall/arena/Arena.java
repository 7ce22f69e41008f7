package dev.rollcall.arena;

import static org.awaitility.Awaitility.await;

import dev.rollcall.HeldPort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A supervisord, its Celery workers and a Redis, all real, in a temporary folder. Every process of it has
 * {@link #MARKER} in its environment; that is how it is found, and how {@link #close()} knows what it may end.
 */
public final class Arena implements AutoCloseable {
    public static final String MARKER = "ROLLCALL_ARENA";
    /** A child of a JVM has SIGQUIT blocked, and Celery would never see supervisord's QUIT. */
    private static final String UNBLOCKED = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
            + "os.execvp(sys.argv[1], sys.argv[1:])";

    /** A worker boots within two seconds, or within thirty on a machine that many share. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String id;
    private final Folder folder;
    private final Redis redis;
    /** Held over every restart: somebody else might be given it meanwhile. */
    private final HeldPort serverPort;

    private final Workers workers;
    private final int expectedNodes;

    private Arena(Folder folder, Surroundings surroundings) throws IOException {
        this.folder = folder;
        id = folder.root().getFileName().toString();
        redis = Redis.start(folder.root(), id, surroundings.brokerPassword);
        serverPort = new HeldPort();
        folder.write(surroundings, redis.url(), serverPort.number());
        workers = Workers.of(folder.app(), id);
        expectedNodes = surroundings.expectedNodes();
    }

    public static Surroundings of(Program... programs) {
        Surroundings surroundings = new Surroundings();
        surroundings.programs.addAll(Arrays.asList(programs));
        return surroundings;
    }

    static Arena open(Surroundings surroundings) throws Exception {
        Arena arena = new Arena(Folder.create(), surroundings);
        // a test run that is cut off leaves no process either
        Runtime.getRuntime().addShutdownHook(new Thread(arena::ended));
        try {
            arena.startSupervisord();
            arena.awaitNodes();
            return arena;
        } catch (Exception | Error e) {
            arena.close();
            throw e;
        }
    }

    /** As an operator does it: from a shell, with the folder, environment and limits that were described. */
    public void startSupervisord() throws IOException, InterruptedException {
        if (beginSupervisord(Map.of()).waitFor() != 0) {
            throw new IOException("supervisord did not start: "
                    + Files.readString(folder.root().resolve("start.log")));
        }
    }

    /** The same, with more environment; the shell ends when supervisord is a daemon. */
    public Process beginSupervisord(Map<String, String> environment) throws IOException {
        String script = folder.startScript().toString();
        ProcessBuilder shell =
                new ProcessBuilder("/usr/bin/python3", "-c", UNBLOCKED, "setsid", "--wait", "sh", script);
        shell.environment().putAll(environment);
        File log = folder.root().resolve("start.log").toFile();
        return shell.redirectErrorStream(true).redirectOutput(log).start();
    }

    public Folder folder() {
        return folder;
    }

    public Redis redis() {
        return redis;
    }

    public Launcher rollcall() {
        return new Launcher(folder, id);
    }

    public SupervisorCtl supervisorctl() {
        return new SupervisorCtl(folder, id);
    }

    /** The id of the new task. */
    public String send(String task, Object... arguments) throws IOException {
        return workers.send("celery", task, arguments);
    }

    /** Sends a task and waits until a worker has begun with it. */
    public String begin(String task, Object... arguments) throws IOException {
        return beginOn("celery", task, arguments);
    }

    public String beginOn(String queue, String task, Object... arguments) throws IOException {
        String taskId = workers.send(queue, task, arguments);
        folder.awaitMark(taskId, "started");
        return taskId;
    }

    /** The process that a task has detached. */
    public Proc detached(String task, Object... arguments) throws IOException {
        String pid = folder.awaitMark(send(task, arguments), "child");
        return Proc.read(Long.parseLong(pid)).orElseThrow();
    }

    /** A {@link Program#holding} goes now if it has been told to, or as soon as it is. */
    public void letStop() throws IOException {
        Files.createFile(folder.app().resolve("go"));
    }

    public List<Workers.Node> awaitNodes() throws IOException {
        return awaitNodes(expectedNodes);
    }

    /** Waits until exactly so many nodes answer; more than that are asked for, so that a twin would be seen. */
    public List<Workers.Node> awaitNodes(int count) throws IOException {
        if (count == 0) {
            return nodes();
        }
        return await(count + " nodes answer").atMost(PATIENCE).until(this::nodes, found -> found.size() == count);
    }

    /** All that answer within half a second; a busy one may not. */
    public List<Workers.Node> nodes() throws IOException {
        return workers.stats(expectedNodes + 5, 0.5);
    }

    public int expectedNodes() {
        return expectedNodes;
    }

    /** A supervisord that Rollcall had to start anew, and what it runs, lack the marker; their folder tells. */
    public List<Proc> processes() {
        return Proc.all()
                .filter(p -> id.equals(p.env().get(MARKER)) || p.mentions("/" + id + "/"))
                .toList();
    }

    /** Main and pool processes, and the shells around them. */
    public List<Proc> celery() {
        return processes().stream().filter(Proc::isCelery).toList();
    }

    public Proc supervisord() {
        List<Proc> found = processes().stream().filter(Proc::isSupervisord).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("one supervisord expected, found " + found);
        }
        return found.get(0);
    }

    /** Every process there is, by pid and start; equal before and after means that nothing was touched. */
    public Set<String> identities() {
        return processes().stream().map(p -> p.pid() + "/" + p.startTicks()).collect(Collectors.toSet());
    }

    @Override
    public void close() throws IOException {
        workers.close();
        // one that is being replaced by another program shows neither its words nor its environment
        await("the arena is empty")
                .during(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(this::ended);
        folder.delete();
        serverPort.close();
    }

    private boolean ended() {
        List<Proc> left = processes();
        left.stream().filter(Proc::isSupervisord).forEach(Proc::kill);
        left.forEach(Proc::kill);
        return left.isEmpty();
    }
}
