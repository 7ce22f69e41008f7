package dev.rollcall.engine;

import dev.rollcall.core.Main;
import dev.rollcall.core.Node;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Roster;
import dev.rollcall.port.Supervisor.Contact;
import java.util.List;

/** Looks the host over again for workers of the old life that are on no roll yet, e.g. forked while their main process was dying. */
final class Rescan {
    private final World world;
    private final Going going;

    Rescan(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** Adds what it finds to the ledger, by way of the journal. */
    void extend() {
        going.ledger().extend(strangers());
    }

    /** Orphans that are alive now; none that is below a supervisord, be it the old one or one that somebody started meanwhile. */
    List<Node> strangers() {
        Site site = going.site();
        ProcessTable table = world.processes().snapshot();
        Contact contact = world.supervisor().contact(site.server());
        long supervisord =
                contact.up() ? contact.pid() : site.alive().map(s -> s.pid()).orElse(0L);
        Premises premises = site.premises(table, supervisord, going.ledger().spared());
        List<Main> orphans = premises.mains().stream().filter(Main::orphan).toList();
        return new Roster(premises, world.processes().host(), List.of()).nodes(orphans);
    }
}
