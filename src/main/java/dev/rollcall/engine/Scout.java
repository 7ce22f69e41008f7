package dev.rollcall.engine;

import dev.rollcall.core.CeleryCommand;
import dev.rollcall.core.EntryPoints;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Main;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Processes;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Looks at a target without touching it: configuration, supervisord by its process and by its socket, programs, start recipe. Runs
 * beside everything else that is starting, so that nothing waits for it.
 */
final class Scout implements Look {
    private static final String WORKER_MAIN = "worker_main";

    private final World world;
    private final Request request;
    private final String runId;
    private final Executor threads;
    private final Recipes recipes;
    private final List<Finding> findings = new ArrayList<>();
    private CompletableFuture<Memory.Facts> facts = new CompletableFuture<>();

    /** @param runId of the run that is about to begin */
    Scout(World world, Request request, String runId, Executor threads) {
        this.world = world;
        this.request = request;
        this.runId = runId;
        this.threads = threads;
        this.recipes = new Recipes(world.supervisor(), world.starter(), request);
    }

    @Override
    public Site look() throws Refusal {
        Path conf = recipes.conf();
        facts = CompletableFuture.supplyAsync(() -> new Memory(world.journal()).facts(request.conf(), runId), threads);
        ProcessTable table = world.processes().snapshot();
        Map<ProcessEntry, StartRecipe> running = new SupervisordFinder(world).running(conf, table);
        Optional<Map.Entry<ProcessEntry, StartRecipe>> byProcess = oldest(running, table);
        SupervisorConf read = recipes.read(byProcess.map(Map.Entry::getValue).or(recipes::keptIfUsable));
        ServerAddress server = Recipes.server(read);
        Contact contact = world.supervisor().contact(server);
        if (contact.up()) {
            noteSecond(running, table, contact.pid());
            return up(read, server, contact, table);
        }
        if (byProcess.isPresent()) {
            ProcessIdentity stopping = byProcess.get().getKey().identity(table.bootId());
            if (!request.dryRun() && new Departure(world, stopping, server).isOver(read)) {
                return down(read, server, byProcess.map(Map.Entry::getValue));
            }
            throw unreachable(stopping.pid(), server, contact);
        }
        if (contact.reach() != Reach.ABSENT) {
            throw unreachable(0, server, contact);
        }
        return down(read, server, Optional.empty());
    }

    /** A child that supervisord has forked and that has not executed its program yet looks like supervisord itself. */
    private static Optional<Map.Entry<ProcessEntry, StartRecipe>> oldest(
            Map<ProcessEntry, StartRecipe> running, ProcessTable table) {
        return running.entrySet().stream()
                .filter(e -> table.get(e.getKey().ppid())
                        .filter(running::containsKey)
                        .isEmpty())
                .findFirst();
    }

    private Site up(SupervisorConf read, ServerAddress server, Contact contact, ProcessTable table) throws Refusal {
        ProcessEntry process = table.get(contact.pid())
                .or(() -> world.processes().find(contact.pid()))
                .filter(ProcessEntry::isSupervisord)
                .orElseThrow(
                        () -> Refusal.atPreflight(
                                "NOT_THIS_HOST",
                                "tried to find supervisord by the pid it gives (" + contact.pid() + ", at "
                                        + server.url()
                                        + ") but that is no supervisord of this host; run rollcall where supervisord runs, outside of no container it is in"));
        Owner.check(process, table);
        ProcessIdentity identity = process.identity(table.bootId());
        StartRecipe recipe = recipes.asked(world.starter().observe(identity));
        recipes.check(recipe, read, "restart supervisord (pid " + process.pid() + ")");
        SupervisorConf exact = recipes.read(Optional.of(recipe));
        String managedBy = recipe.unit().isEmpty() ? "none" : "systemd:" + recipe.unit();
        Roll.Supervisord alive =
                new Roll.Supervisord(process.pid(), process.startTicks(), read.path(), contact.version(), managedBy);
        List<Program> programs = programs(server, exact);
        return new Site(
                exact,
                server,
                Optional.of(alive),
                OwnUnit.of(world.starter(), identity, recipe),
                programs,
                Recipes.fitting(exact, recipe),
                facts.join().spared(),
                facts.join().cutOff(),
                table,
                SamePlace.of(world.processes(), exact, server),
                findings);
    }

    private void noteSecond(Map<ProcessEntry, StartRecipe> running, ProcessTable table, long pid) {
        for (ProcessEntry other : running.keySet()) {
            boolean child = table.get(other.ppid()).filter(running::containsKey).isPresent();
            if (other.pid() != pid && !child) {
                findings.add(Finding.warning(
                        "SECOND_SUPERVISORD",
                        "another supervisord (pid " + other.pid()
                                + ") runs with this configuration and does not answer at its socket; "
                                + "it and its workers are left alone",
                        "shut it down: kill " + other.pid()));
            }
        }
    }

    private List<Program> programs(ServerAddress server, SupervisorConf conf) throws Refusal {
        try {
            return world.supervisor().programs(server, conf);
        } catch (RpcException e) {
            throw Refusal.atPreflight(
                    "SUPERVISORD_UNREACHABLE",
                    "tried to list supervisord's programs at " + server.url() + " but " + e.getMessage()
                            + "; try again");
        }
    }

    private Site down(SupervisorConf read, ServerAddress server, Optional<StartRecipe> observed) throws Refusal {
        ProcessTable table = world.processes().snapshot();
        Optional<StartRecipe> known = observed.isPresent() ? observed : recipes.keptOrRefuse();
        StartRecipe recipe = recipes.forStopped(read, known);
        recipes.check(recipe, read, "start supervisord");
        recipes.invented(recipe, known).ifPresent(findings::add);
        SupervisorConf exact = recipes.read(Optional.of(recipe));
        return new Site(
                exact,
                server,
                Optional.empty(),
                Optional.empty(),
                exact.programs(),
                Recipes.fitting(exact, recipe),
                facts.join().spared(),
                facts.join().cutOff(),
                table,
                SamePlace.of(world.processes(), exact, server),
                findings);
    }

    private static Refusal unreachable(long pid, ServerAddress server, Contact contact) {
        String who = pid > 0 ? "supervisord (pid " + pid + ")" : "whoever listens";
        if (contact.reach() == Reach.STOPPING) {
            return Refusal.atPreflight(
                    "SUPERVISORD_STOPPING",
                    "tried to restart supervisord but somebody is shutting it down already; wait until it is gone and run this again");
        }
        return Refusal.atPreflight(
                "SUPERVISORD_UNREACHABLE",
                "tried to speak to " + who + " at " + server.url() + " but " + contact.detail()
                        + "; check the socket, its rights and the password in " + "the server section");
    }

    /** Main processes as far as the process table alone tells, and what may be one; for finding their brokers early. */
    static List<ProcessEntry> mains(World world, Site site) {
        Premises premises = site.premises(site.table());
        List<ProcessEntry> mains = new ArrayList<>(premises.mains().stream()
                .filter(Main::takesTasks)
                .map(Main::process)
                .toList());
        EntryPoints entryPoints = new EntryPoints(premises);
        Processes processes = world.processes();
        entryPoints.parents().stream()
                .filter(e -> processes.scriptMentions(e, "celery", WORKER_MAIN))
                .forEach(mains::add);
        // many a program imports Celery to send tasks: without a pool to show, it must start a worker in so many words
        entryPoints.alone().stream()
                .filter(e -> processes.scriptMentions(e, WORKER_MAIN))
                .forEach(mains::add);
        return mains;
    }

    static boolean isCelery(Program program) {
        return CeleryCommand.startsWorker(program.command());
    }
}
