package dev.rollcall.engine;

import dev.rollcall.core.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/**
 * Of the roll, alive when a step has broken and supervisord is gone. One may have been frozen for a KILL that never came. They are
 * ended once more; whatever breaks again keeps no service down (S8).
 */
record Remains(World world, Going going) {
    private static final System.Logger LOGGER = System.getLogger(Remains.class.getName());

    void end() {
        // what turns up beside the new supervisord needs a look, and is not killed
        if (!going.run().hasStarted()) {
            guarded(this::kill);
            guarded(this::tell);
        }
    }

    private void kill() {
        List<ProcessIdentity> left = going.watch().leftovers();
        if (!left.isEmpty()) {
            new KillStep(world).kill(new Stopped(going, left, false, Optional.empty()));
        }
    }

    private void tell() {
        Survivors survivors = new Survivors(world, going);
        going.watch().leftovers().forEach(id -> survivors.tell(id, "the step that was to end it broke"));
    }

    /** Room for files or memory may be short still. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError again) {
            LOGGER.log(System.Logger.Level.ERROR, "leftovers could not be ended once more", again);
        }
    }
}
