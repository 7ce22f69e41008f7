package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Starter.UnusableRecipeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a target that the same run has left in the middle of its work. What it was then is in the journal: a supervisord that runs
 * now may be the one of then, or a new one, and must not be taken for the other.
 */
record Revisit(World world, Run run, Journal.Reopened past) implements Look {

    @Override
    public Site look() throws Refusal {
        Event.RollTaken then = past.roll()
                .orElseThrow(() -> new IllegalStateException("a shutdown without a roll"))
                .event();
        Recipes recipes = new Recipes(world.supervisor(), world.starter(), run.request());
        Optional<Roll.Supervisord> supervisord = Optional.ofNullable(then.roll().supervisord());
        List<Finding> findings = new ArrayList<>();
        Optional<StartRecipe> kept = kept(findings);
        StartRecipe recipe = recipes.forStopped(read(recipes, then.roll(), kept), kept);
        SupervisorConf exact = read(recipes, then.roll(), Optional.of(recipe));
        Memory.Facts facts = new Memory(world.journal(), e -> findings.add(unreadable(e)))
                .factsBefore(run.request().conf(), run.id());
        Set<ProcessIdentity> spared = new HashSet<>(facts.spared());
        spared.addAll(Memory.sparedBy(past.entries()));
        recipes.invented(recipe, kept).ifPresent(findings::add);
        Optional<Starter.Unit> unit =
                unit(supervisord.map(s -> s.identity(then.roll().bootId())), recipe);
        return new Site(
                exact,
                Recipes.server(exact),
                supervisord,
                unit,
                asWritten(then.programs(), exact.programs()),
                Recipes.fitting(exact, recipe),
                spared,
                facts.cutOff(),
                world.processes().snapshot(),
                SamePlace.of(world.processes(), exact, Recipes.server(exact)),
                findings);
    }

    /** Its pid may be that of another service by now. */
    private Optional<Starter.Unit> unit(Optional<ProcessIdentity> then, StartRecipe recipe) throws Refusal {
        return then.filter(world.processes()::alive).isPresent()
                ? OwnUnit.of(world.starter(), then.get(), recipe)
                : Optional.empty();
    }

    /** The service is down: one that cannot be used is as good as none. */
    private Optional<StartRecipe> kept(List<Finding> findings) {
        try {
            return world.starter().kept(run.request().realConf());
        } catch (UnusableRecipeException e) {
            findings.add(Finding.warning(
                    "RECIPE_UNUSABLE", e.sentence(), "supervisord is started as one that nobody has seen before"));
            return Optional.empty();
        }
    }

    /** The old one listens where the file of then says, a new one where the link leads to by now. */
    private SupervisorConf read(Recipes recipes, Roll then, Optional<StartRecipe> recipe) throws Refusal {
        boolean there = Optional.ofNullable(then.supervisord())
                .filter(s -> world.processes().alive(s.identity(then.bootId())))
                .isPresent();
        return there ? recipes.read(recipe) : recipes.readAnyway(recipe);
    }

    /** In the journal passwords are masked, and a masked word is not one that an orphan was started with. */
    private static List<Program> asWritten(List<Program> then, List<Program> onDisk) {
        return then.stream()
                .map(program -> onDisk.stream()
                        .filter(p -> p.fullName().equals(program.fullName()))
                        .filter(p -> p.masked().command().equals(program.command()))
                        .findFirst()
                        .map(p -> program.withCommand(p.command()))
                        .orElse(program))
                .toList();
    }

    /** The service must not stay down for what another run has or has not done. */
    private static Finding unreadable(JournalException e) {
        return Finding.warning(
                "JOURNAL_UNREADABLE", e.getMessage(), "whoever that run has spared is not known to this one");
    }
}
