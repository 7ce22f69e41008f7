package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor.RpcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starting happens in memory while the command is made; what is really run is a shell that gives the exit code. */
final class FakeStarter implements Starter {
    private final FakeSupervisor supervisor;
    private final List<String> deeds;
    int failures;
    boolean installed = true;
    Runnable onStart;
    String unit = "";
    /** Whether the file of the unit, as it is now, names the configuration. */
    boolean unitNames;

    /** How the supervisord that runs was started. */
    List<String> argv;

    String directory = "/";
    boolean foreground;
    String program = "python3";
    final Map<String, StartRecipe> keeps = new HashMap<>();
    /** What was started last, if anything. */
    Optional<StartRecipe> started = Optional.empty();
    /** What systemd says of the unit. */
    Optional<Unit> manners = Optional.empty();

    List<Long> residents = List.of();
    /** What systemctl does instead of stopping the unit. */
    String stopping = "";
    /** What happens beside a start that fails. */
    Runnable beside = () -> {};
    /** What a start that fails says. */
    String words = "port is taken";
    /** Starts that somebody's signal ends, before the others. */
    int cutShort;

    /** Why what was kept must not be used. */
    String unusable = "";
    /** What happens when somebody asks for what was kept. */
    Runnable onKept = () -> {};

    /** Not for the user that supervisord runs as. */
    Optional<String> unreadable = Optional.empty();

    Birth birth = Birth.THE_SAME;
    /** The unit around Rollcall that ends with all its processes. */
    Optional<Surrounding> around = Optional.empty();
    /** systemctl hangs. */
    boolean silent;
    /** What a start says that is only tried. */
    Optional<String> trial = Optional.empty();
    /** How long a start may take. */
    Duration limit = Duration.ZERO;

    FakeStarter(FakeSupervisor supervisor, Path conf, List<String> deeds) {
        this.supervisor = supervisor;
        this.argv = started(conf);
        this.deeds = deeds;
        this.onStart = supervisor::boot;
    }

    static List<String> started(Path conf) {
        return List.of("python3", "/usr/bin/supervisord", "-c", conf.toString());
    }

    private StartRecipe recipe(List<String> argv, String directory, String unit) {
        List<String> words = new ArrayList<>(argv);
        words.set(0, program);
        return new StartRecipe(
                words, directory, Map.of("PATH", "/bin"), 0, 0, List.of(), 18, Map.of(), foreground, "", unit);
    }

    @Override
    public StartRecipe observe(ProcessIdentity supervisord) {
        return recipe(argv, directory, unit);
    }

    @Override
    public Optional<String> unreadable(StartRecipe recipe, List<String> files) {
        return unreadable.filter(files::contains);
    }

    @Override
    public Birth birth(ProcessIdentity supervisord) {
        return birth;
    }

    @Override
    public Optional<Surrounding> around(Optional<ProcessIdentity> supervisord) throws NoAnswerException {
        hear();
        return around;
    }

    @Override
    public Optional<Unit> unit(ProcessIdentity supervisord) throws NoAnswerException {
        hear();
        return manners;
    }

    private void hear() throws NoAnswerException {
        if (silent) {
            throw new NoAnswerException("systemctl gave no answer");
        }
    }

    @Override
    public List<Long> residents(ProcessIdentity supervisord) {
        return residents;
    }

    @Override
    public Optional<StartRecipe> invent(SupervisorConf read, Path as) {
        return installed ? Optional.of(recipe(started(as), "/", unitNames ? unit : "")) : Optional.empty();
    }

    @Override
    public void keep(String file, StartRecipe recipe) {
        keeps.put(file, recipe);
        deeds.add("keep");
    }

    @Override
    public Optional<StartRecipe> kept(String file) throws UnusableRecipeException {
        onKept.run();
        if (!unusable.isEmpty()) {
            throw new UnusableRecipeException(unusable);
        }
        return Optional.ofNullable(keeps.get(file));
    }

    @Override
    public Command start(StartRecipe recipe, Path errors, Duration limit) {
        deeds.add("start");
        started = Optional.of(recipe);
        this.limit = limit;
        if (cutShort > 0) {
            cutShort--;
            return shell("kill -TERM $$");
        }
        if (failures > 0) {
            failures--;
            beside.run();
            return shell("echo '" + words + "' >&2; exit 2");
        }
        onStart.run();
        return shell("exit 0");
    }

    @Override
    public Optional<Command> trial(StartRecipe recipe) {
        return trial.map(FakeStarter::shell);
    }

    @Override
    public Command stop(String name, Duration limit) {
        deeds.add("stop unit");
        if (!stopping.isEmpty()) {
            return shell(stopping);
        }
        try {
            supervisor.shutdown(new ServerAddress(null, null, 0, "", null, null));
        } catch (RpcException e) {
            throw new AssertionError(e);
        }
        return shell("exit 0");
    }

    private static Command shell(String script) {
        return new Command(List.of("/bin/sh", "-c", script), Map.of(), null, new byte[0], Duration.ofSeconds(20));
    }
}
