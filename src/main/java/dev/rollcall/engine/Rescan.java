package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Main;
import dev.rollcall.core.Node;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Roster;
import dev.rollcall.port.Supervisor.Contact;
import java.util.List;
import java.util.Set;

/** Looks the host over again for workers of the old life that are on no roll yet, e.g. forked while their main process was dying. */
final class Rescan {
    private final World world;
    private final Going going;

    Rescan(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** Adds what it finds to the ledger, by way of the journal; what may be a task's own is spared, and said. */
    void extend() {
        Premises premises = premises();
        going.ledger().extend(strangers(premises));
        premises.unsure().forEach(clone -> going.ledger()
                .doubt(clone.identity(premises.table().bootId())));
        tellDoubtful();
    }

    /** What was seen to lose its main process may have ended since, as a pool process does whose main process is dead. */
    void tellDoubtful() {
        for (ProcessIdentity clone : going.ledger().takeDoubtful()) {
            if (world.processes().alive(clone)) {
                going.run()
                        .found(Finding.error(
                                "CLONE_SPARED",
                                "process " + clone.pid()
                                        + " looks like a Celery process of before but may be one that a task or a program "
                                        + "has detached, or of another supervisord; it was spared",
                                "look at it, and end it by hand if it is a leftover"));
            }
        }
    }

    /**
     * What is left of an earlier life.
     *
     * @param orphans none that is below a supervisord, be it the old one or one that somebody started meanwhile
     * @param others no Celery by their looks, and not ours to end
     * @param spared Celery by their looks, of programs that are no more
     * @param detached of those that their program has detached
     */
    record Left(List<Node> orphans, List<ProcessEntry> others, List<ProcessEntry> spared, List<Finding> detached) {}

    Left left() {
        Premises premises = premises();
        List<ProcessEntry> spared = premises.ofRemovedPrograms().stream()
                .filter(e -> !going.ledger().holds(e.identity(premises.table().bootId())))
                .toList();
        Set<ProcessIdentity> before = Set.copyOf(going.ledger().bystanders());
        List<Finding> detached = NotReplaced.after(
                premises, e -> before.contains(e.identity(premises.table().bootId())));
        return new Left(strangers(premises), premises.others(), spared, detached);
    }

    private List<Node> strangers(Premises premises) {
        List<Main> orphans = premises.mains().stream().filter(Main::orphan).toList();
        return new Roster(premises, world.processes().host(), List.of(), process -> false).nodes(orphans);
    }

    private Premises premises() {
        Site site = going.site();
        Contact contact = world.supervisor().contact(site.server());
        long supervisord =
                contact.up() ? contact.pid() : site.alive().map(s -> s.pid()).orElse(0L);
        return site.premises(
                world.processes().snapshot(), supervisord, going.ledger().spared());
    }
}
