package dev.rollcall.engine;

import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** supervisord in memory, life after life. */
final class FakeSupervisor implements Supervisor {
    static final String URL = "unix:///run/supervisor.sock";
    static final List<String> WORKER = List.of("/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "worker");

    /** How a program goes when supervisord stops it. */
    enum Manner {
        CLEAN,
        /** Its pool processes have ended when it ends, half a second later. */
        WARM,
        /** Killed by supervisord: its pool processes stay. */
        LEAVES_POOL,
        NEVER
    }

    private final Machine machine;
    private final Path conf;
    private final List<String> deeds;
    final List<Program> configured = new ArrayList<>(List.of(celery("worker")));
    final List<SupervisorConf.Launch> launches = new ArrayList<>();
    final Map<String, Manner> manners = new LinkedHashMap<>();
    private final Map<String, Program> loaded = new LinkedHashMap<>();
    Reach reach = Reach.ABSENT;
    Optional<String> confTrouble = Optional.empty();
    /** Paths that it was read by. */
    final List<Path> reads = new ArrayList<>();

    Optional<String> shutdownTrouble = Optional.empty();
    String stateAfter = "RUNNING";
    /** By program, where that is not the same for all. */
    final Map<String, String> statesAfter = new LinkedHashMap<>();

    String version = "4.2.5";
    boolean lingers;
    /** It answers a shutdown with a fault, and does nothing. */
    boolean refuses;

    Runnable onShutdown = () -> {};
    /** Called when it has been asked for its state. */
    Runnable onContact = () -> {};

    long pid;
    /** More than a hundred for each program. */
    long pidsOfALife = 1000;

    private int life = -1;

    FakeSupervisor(Machine machine, Path conf, List<String> deeds) {
        this.machine = machine;
        this.conf = conf;
        this.deeds = deeds;
        machine.whenSomebodyEnds(this::settle);
    }

    static Program celery(String name) {
        return new Program(name, name, "STOPPED", 0, true, 10, "TERM", false, false, 999, "celery -A shop worker");
    }

    /** Its stop signal goes to its process group. */
    static Program grouped(String name) {
        Program p = celery(name);
        return new Program(p.name(), p.group(), "STOPPED", 0, true, 10, "TERM", true, true, 999, p.command());
    }

    static Program other(String name) {
        return new Program(name, name, "STOPPED", 0, true, 10, "TERM", false, false, 999, "/srv/" + name);
    }

    static Program as(Program p, String state, long pid, boolean autostart) {
        return new Program(
                p.name(),
                p.group(),
                state,
                pid,
                autostart,
                p.stopWaitSecs(),
                p.stopSignal(),
                p.killAsGroup(),
                p.stopAsGroup(),
                p.groupPriority(),
                p.command());
    }

    /** A new life: supervisord and its programs, each with two pool processes if it is a Celery worker. */
    void boot() {
        life++;
        pid = Machine.FIRST_PID + pidsOfALife * life;
        machine.put(Machine.entry(pid, 1, List.of("python3", "/usr/bin/supervisord", "-c", conf.toString()), Map.of()));
        for (Program program : configured) {
            String state = life == 0 ? "RUNNING" : statesAfter.getOrDefault(program.fullName(), stateAfter);
            loaded.put(program.fullName(), program);
            if (program.autostart() && state.equals("RUNNING")) {
                run(program);
            } else {
                loaded.put(
                        program.fullName(),
                        as(program, program.autostart() ? state : "STOPPED", 0, program.autostart()));
            }
        }
        reach = Reach.UP;
    }

    void run(Program program) {
        run(program, pid + 100L * (configured.indexOf(program) + 1));
    }

    /** It has ended with its pool, and supervisord has started it once more. @return its pid */
    long replace(Program program) {
        long old = loaded.getOrDefault(program.fullName(), program).pid();
        machine.table().descendants(old).forEach(e -> machine.end(e.pid()));
        return replaceAlone(program);
    }

    /** The same, and its pool is still there. */
    long replaceAlone(Program program) {
        long old = loaded.getOrDefault(program.fullName(), program).pid();
        machine.end(old);
        run(program, old + 10);
        return old + 10;
    }

    private void run(Program program, long main) {
        boolean celery = Scout.isCelery(program);
        List<String> argv = celery ? WORKER : List.of(program.command());
        machine.put(Machine.entry(main, pid, argv, marks(program)));
        for (long child = main + 1; celery && child <= main + 2; child++) {
            fork(main, child);
        }
        loaded.put(program.fullName(), as(program, "RUNNING", main, program.autostart()));
    }

    static Map<String, String> marks(Program program) {
        return Map.of(
                "SUPERVISOR_SERVER_URL", URL,
                "SUPERVISOR_PROCESS_NAME", program.name(),
                "SUPERVISOR_GROUP_NAME", program.group());
    }

    /** A main process makes a pool process. */
    void fork(long main, long child) {
        machine.find(main)
                .ifPresent(m -> machine.put(
                        Machine.inGroup(Machine.entry(child, main, m.argv(), m.marks()), m.pgid(), m.sid())));
    }

    /** It lives, and supervisord does not call it RUNNING yet. */
    void isStarting(String program) {
        Program young = loaded.get(program);
        loaded.put(program, as(young, "STARTING", young.pid(), young.autostart()));
    }

    /** It ends, and supervisord has it in that state from now on. */
    void fail(String program, String state) {
        Program failed = loaded.get(program);
        machine.end(failed.pid());
        loaded.put(program, as(failed, state, 0, failed.autostart()));
    }

    List<Long> mains() {
        return loaded.values().stream()
                .filter(Scout::isCelery)
                .map(Program::pid)
                .filter(machine::runs)
                .toList();
    }

    private void stop(Program program) {
        Manner manner = manners.getOrDefault(program.fullName(), Manner.CLEAN);
        if (manner == Manner.CLEAN || manner == Manner.WARM) {
            machine.table().descendants(program.pid()).stream()
                    .filter(e -> e.argv().equals(WORKER))
                    .forEach(e -> machine.end(e.pid()));
        }
        if (manner == Manner.WARM) {
            machine.after(500, () -> machine.end(program.pid()));
        } else if (manner != Manner.NEVER) {
            machine.end(program.pid());
        }
    }

    /** It goes when its last child has gone. */
    private void settle() {
        long me = pid;
        if (reach == Reach.STOPPING && !lingers && machine.table().children(me).isEmpty()) {
            machine.after(100, () -> machine.end(me));
        }
        if (reach == Reach.STOPPING && !machine.runs(me)) {
            reach = Reach.ABSENT;
        }
    }

    @Override
    public SupervisorConf read(Path file, Map<String, String> environment) throws ConfException {
        reads.add(file);
        if (confTrouble.isPresent()) {
            throw new ConfException(confTrouble.get());
        }
        ServerAddress server = new ServerAddress("/run/supervisor.sock", null, 0, URL, null, null);
        return new SupervisorConf(
                real(file), List.of(server), "/run/pid", false, "", configured, launches, List.of(real(file)));
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Contact contact(ServerAddress server) {
        Contact now =
                reach == Reach.UP ? new Contact(reach, pid, version, "") : new Contact(reach, 0, "", "it is " + reach);
        onContact.run();
        return now;
    }

    @Override
    public List<Program> programs(ServerAddress server, SupervisorConf onDisk) throws RpcException {
        if (reach != Reach.UP) {
            throw new RpcException(0, "it is " + reach);
        }
        return List.copyOf(loaded.values());
    }

    @Override
    public void shutdown(ServerAddress server) throws RpcException {
        deeds.add("shutdown");
        if (refuses) {
            onShutdown.run();
            throw new RpcException(0, "it said no");
        }
        reach = Reach.STOPPING;
        onShutdown.run();
        List.copyOf(loaded.values()).forEach(p -> machine.after(300, () -> stop(p)));
        if (shutdownTrouble.isPresent()) {
            throw new RpcException(0, shutdownTrouble.get());
        }
    }

    @Override
    public void start(ServerAddress server, String program) throws RpcException {
        Program known = loaded.get(program);
        if (known.wanted()) {
            throw new RpcException(60, "it answered ALREADY_STARTED");
        }
        deeds.add("start " + program);
        run(configured.stream()
                .filter(p -> p.fullName().equals(known.fullName()))
                .findFirst()
                .orElseThrow());
    }
}
