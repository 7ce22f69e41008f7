package dev.rollcall;

import dev.rollcall.celery.RemoteControl;
import dev.rollcall.cli.Machine;
import dev.rollcall.config.Config;
import dev.rollcall.config.Trust;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.HeadStart;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.RouteTrial;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.linux.ProcfsProcesses;
import dev.rollcall.linux.ProcfsStarter;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.Journal;
import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import dev.rollcall.supervisor.XmlRpcSupervisor;
import java.nio.file.Path;
import java.util.Optional;

/** The composition root: the only class that knows every part. */
class Wiring implements Machine {
    private final Optional<HeadStart> headStart;

    Wiring(Optional<HeadStart> headStart) {
        this.headStart = headStart;
    }

    @Override
    public Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt)
            throws UsageException {
        HeadStart start = routesDir.isEmpty() ? headStart.orElseGet(HeadStart::begin) : own(new RouteFiles(routesDir));
        return engine(stateDir, keep, interrupt, start);
    }

    @Override
    public Engine engineDespite(String why, Path stateDir, Retention keep, Interrupt interrupt) {
        return engine(stateDir, keep, interrupt, HeadStart.without(new BrokenRoute(why, null)));
    }

    /** With a user's routes, which are tried before anything is begun. */
    static HeadStart own(RouteFiles files) throws UsageException {
        if (files.folder().isPresent()) {
            Trust.check(files.folder().get(), Trust.Kind.ROUTES);
        }
        HeadStart start = HeadStart.with(files);
        try {
            RouteTrial.hooks(files);
            return start;
        } catch (BrokenRoute e) {
            throw new UsageException(e.getMessage());
        }
    }

    Engine engine(Path stateDir, Retention keep, Interrupt interrupt, HeadStart start) {
        Engine.Parts parts = new Engine.Parts(
                new XmlRpcSupervisor(),
                RemoteControl::new,
                new ProcfsProcesses(),
                new ProcfsStarter(stateDir.resolve("start")),
                journal(stateDir, keep),
                new SystemClock());
        return new Engine(parts, interrupt, start);
    }

    @Override
    public int serve(Config config, Path stateDir, boolean json) throws UsageException {
        return new Service(this, config, stateDir).run();
    }

    @Override
    public Journal journal(Path stateDir, Retention keep) {
        return new FileJournal(stateDir, keep);
    }
}
