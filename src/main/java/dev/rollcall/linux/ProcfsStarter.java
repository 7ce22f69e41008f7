package dev.rollcall.linux;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Starter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Starts a supervisord as it was: reads a running one's recipe, keeps it, and makes the command that repeats it. */
public final class ProcfsStarter implements Starter {
    private final Observation observation;
    private final Invention invention;
    private final KeptRecipes kept;
    private final Systemd systemd;
    private final Path proc;

    /** @param keepDirectory for recipes; made with mode 0700 when the first is kept */
    public ProcfsStarter(Path keepDirectory) {
        this(keepDirectory, ProcfsProcesses.PROC, Path.of("/"), Systemd.find());
    }

    /** @param root where unit files and programs are looked up */
    ProcfsStarter(Path keepDirectory, Path proc, Path root, Systemd systemd) {
        this.observation = new Observation(proc, systemd);
        this.invention = new Invention(root, proc, systemd);
        this.kept = new KeptRecipes(keepDirectory);
        this.systemd = systemd;
        this.proc = proc;
    }

    @Override
    public StartRecipe observe(ProcessIdentity supervisord) {
        return observation.of(supervisord);
    }

    @Override
    public Optional<String> unreadable(StartRecipe recipe, List<String> files) {
        return Rights.unreadable(recipe, files);
    }

    @Override
    public Birth birth(ProcessIdentity supervisord) {
        return birth(proc.resolve("self"), proc.resolve(Long.toString(supervisord.pid())));
    }

    /** What cannot be read hinders nothing: the one that runs is gone then, or its recipe cannot be read either. */
    static Birth birth(Path ours, Path theirs) {
        try {
            Confines now = Confines.read(theirs);
            Confines then = Confines.read(ours);
            return new Birth(
                    then.beyond(now),
                    then.oomScoreAdj() - now.oomScoreAdj(),
                    Outputs.read(theirs).lost());
        } catch (IOException gone) {
            return Birth.THE_SAME;
        }
    }

    @Override
    public Optional<Surrounding> around(Optional<ProcessIdentity> supervisord) throws NoAnswerException {
        ControlGroup ours = ControlGroup.read(proc.resolve("self"));
        boolean shared = supervisord.filter(s -> ours.equals(place(s.pid()))).isPresent();
        return systemd.endsAll(ours) ? Optional.of(new Surrounding(ours.unit(), shared)) : Optional.empty();
    }

    private ControlGroup place(long pid) {
        return ControlGroup.read(proc.resolve(Long.toString(pid)));
    }

    @Override
    public Optional<StartRecipe> invent(SupervisorConf conf, Path as) {
        return invention.of(conf, as);
    }

    @Override
    public void keep(String conf, StartRecipe recipe) {
        kept.keep(conf, recipe);
    }

    @Override
    public Optional<StartRecipe> kept(String conf) throws UnusableRecipeException {
        return kept.of(conf);
    }

    @Override
    public Command start(StartRecipe recipe, Path errors, Duration limit) {
        return recipe.unit().isEmpty() ? Launch.of(recipe, errors, limit) : systemd.start(recipe.unit(), limit);
    }

    @Override
    public Optional<Command> trial(StartRecipe recipe) {
        return Optional.of(recipe).filter(r -> r.unit().isEmpty()).map(Launch::trial);
    }

    @Override
    public Command stop(String unit, Duration limit) {
        return systemd.stop(unit, limit);
    }

    @Override
    public Optional<Unit> unit(ProcessIdentity supervisord) throws NoAnswerException {
        long parent = ProcReader.statOnly(proc)
                .stat(supervisord.pid())
                .map(StatLine::ppid)
                .orElse(0L);
        return systemd.unit(supervisord.pid(), parent, place(supervisord.pid()));
    }

    @Override
    public List<Long> residents(ProcessIdentity supervisord) {
        ControlGroup unit = place(supervisord.pid());
        return LongStream.of(Pids.under(proc))
                .filter(pid -> place(pid).equals(unit))
                .boxed()
                .toList();
    }
}
