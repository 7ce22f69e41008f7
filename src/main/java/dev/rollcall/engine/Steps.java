package dev.rollcall.engine;

import java.util.Map;

/** What the routes call. */
final class Steps {
    private Steps() {}

    /** The beans by the names that the routes use. */
    static Map<String, Object> byName(World world, Scouting scouting, Interrupt interrupt, Hooks hooks) {
        Finish finish = new Finish(hooks);
        return Map.ofEntries(
                Map.entry("preflight", new PreflightStep(world, scouting, interrupt)),
                Map.entry("inspect", new InspectStep(world, scouting, interrupt)),
                Map.entry("persist", new PersistStep(world, interrupt)),
                Map.entry("drain", new DrainStep()),
                Map.entry("announce", new AnnounceStep(world, scouting, interrupt, hooks)),
                Map.entry("pickUp", new PickUpStep(world, scouting)),
                Map.entry("shutdown", new ShutdownStep(world)),
                Map.entry("kill", new KillStep(world)),
                Map.entry("nothingLeft", new NothingLeft()),
                Map.entry("start", new StartStep(world)),
                Map.entry("verify", new VerifyStep(world)),
                Map.entry("conclude", new Conclude(finish)),
                Map.entry("refuse", new Refuse(finish)),
                Map.entry("showPlan", new ShowPlan()));
    }
}
