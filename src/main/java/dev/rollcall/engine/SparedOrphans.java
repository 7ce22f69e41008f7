package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Premises;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Roll;
import java.util.List;
import java.util.Set;

/**
 * Workers of an earlier life whose program was renamed, removed or given fewer processes since. No program vouches for them, so they are
 * spared; they may work beside the new ones with old code, so somebody should know.
 */
final class SparedOrphans {
    private static final String CODE = "ORPHAN_SPARED";
    private static final String REMEDY = "look at it, and end it by hand if it is a leftover";

    private SparedOrphans() {}

    /** Those that are on no roll: what a run that was cut off had on its own is ended, whatever its program is called now. */
    static List<Finding> before(Premises premises, Roll roll) {
        Set<Long> known = Set.copyOf(roll.pids());
        return premises.ofRemovedPrograms().stream()
                .filter(orphan -> !known.contains(orphan.pid()))
                .map(orphan -> Finding.warning(CODE, sentence(orphan) + "it will be spared", REMEDY))
                .toList();
    }

    static Finding after(ProcessEntry orphan) {
        return Finding.error(CODE, sentence(orphan) + "it was spared and is still there", REMEDY);
    }

    private static String sentence(ProcessEntry orphan) {
        return "process " + orphan.pid()
                + " looks like a Celery process of an earlier life of this supervisord, which has no program "
                + orphan.marks().getOrDefault("SUPERVISOR_PROCESS_NAME", "of its name") + " any more; ";
    }
}
