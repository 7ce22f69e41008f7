package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an earlier life of a supervisord left behind. A task may have detached a process that looks just like a worker, so looks
 * are not enough: supervisord makes every program the leader of a process group inside its own session. A process whose group leads
 * its own session has been detached; so has one in the group of a program that runs now.
 */
final class Orphanage {
    private final Premises premises;
    private final List<Main> living;

    Orphanage(Premises premises, List<Main> living) {
        this.premises = premises;
        this.living = living;
    }

    List<Main> mains() {
        List<Main> orphans = new ArrayList<>();
        for (ProcessEntry process : premises.table().all()) {
            if (premises.isStranger(process) && CeleryCommand.isWorker(process.argv()) && stayed(process)) {
                premises.programOf(process)
                        .filter(program -> isMainOf(process, program))
                        .ifPresent(program -> orphans.add(new Main(process, program.fullName(), true)));
            }
        }
        return orphans;
    }

    /** It is still in a process group that supervisord made, and that group is not one of now. */
    private boolean stayed(ProcessEntry process) {
        boolean detached = process.pgid() == process.sid();
        boolean ofNow =
                premises.table().get(process.pgid()).filter(premises::isBelow).isPresent();
        return !detached && !ofNow && !groupOfLivingMain(process);
    }

    private boolean groupOfLivingMain(ProcessEntry process) {
        return living.stream().anyMatch(m -> m.process().pgid() == process.pgid());
    }

    private boolean isMainOf(ProcessEntry process, Program program) {
        Optional<ProcessEntry> above = premises.table().get(process.ppid());
        if (above.filter(p -> CeleryCommand.isWorker(p.argv())).isPresent()) {
            return false;
        }
        Optional<ProcessEntry> parent = above.filter(p -> programIs(p, program));
        if (parent.isPresent()) {
            // below the program's own wrapper it is a main process; below a worker it is a pool process or a task's
            // affair
            return !hasWorkerAbove(parent.get(), program) && leadsFromGroupLeader(parent.get(), program);
        }
        return process.pid() == process.pgid() || isKnownCommand(process, program);
    }

    private boolean hasWorkerAbove(ProcessEntry process, Program program) {
        Optional<ProcessEntry> at = Optional.of(process);
        while (at.isPresent()) {
            if (CeleryCommand.isWorker(at.get().argv())) {
                return true;
            }
            at = premises.table().get(at.get().ppid()).filter(p -> programIs(p, program));
        }
        return false;
    }

    private boolean leadsFromGroupLeader(ProcessEntry process, Program program) {
        Optional<ProcessEntry> at = Optional.of(process);
        while (at.isPresent()) {
            if (at.get().pid() == at.get().pgid() && at.get().sid() != at.get().pid()) {
                return true;
            }
            at = premises.table().get(at.get().ppid()).filter(p -> programIs(p, program));
        }
        return false;
    }

    private boolean programIs(ProcessEntry process, Program program) {
        return premises.programOf(process).filter(program::equals).isPresent();
    }

    /** Its wrapper or its main process is gone; the arguments must be those of the program's command or of a worker it runs now. */
    private boolean isKnownCommand(ProcessEntry process, Program program) {
        return CeleryCommand.startedBy(program.command(), process.argv())
                || living.stream()
                        .filter(m -> m.program().equals(program.fullName()))
                        .anyMatch(m -> CeleryCommand.alike(m.process(), process));
    }
}
