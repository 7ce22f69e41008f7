package dev.rollcall.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what an earlier life of a supervisord left behind. A task may have detached a process that looks just like a worker, so looks
 * are not enough: supervisord makes every program the leader of a process group inside its own session. A process whose group leads
 * its own session has been detached; so has one in the group of a program that runs now.
 */
final class Orphanage {
    private final Premises premises;
    private final Map<String, List<Main>> living = new HashMap<>();
    private final Set<Long> livingGroups = new HashSet<>();

    Orphanage(Premises premises, List<Main> living) {
        this.premises = premises;
        for (Main main : living) {
            this.living
                    .computeIfAbsent(main.program(), name -> new ArrayList<>())
                    .add(main);
            livingGroups.add(main.process().pgid());
        }
    }

    List<Main> mains() {
        return leftCelery()
                .flatMap(process -> premises
                        .programOf(process)
                        .filter(program -> isMainOf(process, program))
                        .map(program -> new Main(process, program.fullName(), true))
                        .stream())
                .toList();
    }

    /** What an earlier life may have left that is Celery by its looks, of whatever program. */
    private Stream<ProcessEntry> leftCelery() {
        return premises.table().all().stream()
                .filter(e -> premises.isStranger(e) && CeleryCommand.isCelery(e.argv()) && stayed(e));
    }

    /** It is still in a process group that supervisord made, and that group is not one of now. */
    private boolean stayed(ProcessEntry process) {
        boolean ofNow =
                premises.table().get(process.pgid()).filter(premises::isBelow).isPresent();
        return !hasDetached(process)
                && !ofNow
                && !livingGroups.contains(process.pgid())
                && premises.isOfThisPlace(process)
                && !premises.isSupervised(process);
    }

    /** Its group leads its session, as after {@code setsid} or in a unit of its own; the group of a program never does. */
    static boolean hasDetached(ProcessEntry process) {
        return process.pgid() == process.sid();
    }

    /** No Celery is above it. */
    static boolean isTopmost(ProcessEntry process, ProcessTable table) {
        return table.ancestors(process).noneMatch(above -> CeleryCommand.isCelery(above.argv()));
    }

    private boolean isMainOf(ProcessEntry process, Program program) {
        return looksLikeMainOf(process, program) && isAbandoned(process, program);
    }

    /**
     * Whoever has started it is gone. A supervisord may go by any name, and its programs are of its own session, all of them: what is
     * above them in another one, or is known for it, has adopted them. Of anybody else nobody can tell.
     */
    private boolean isAbandoned(ProcessEntry process, Program program) {
        ProcessEntry top =
                chain(process, program).reduce((lower, upper) -> upper).orElse(process);
        boolean adopted = premises.table()
                .get(top.ppid())
                .filter(above -> Reaper.is(above) || top.sid() != top.pid() && top.sid() != above.sid())
                .isPresent();
        return top.ppid() <= 1 || adopted;
    }

    private boolean looksLikeMainOf(ProcessEntry process, Program program) {
        Optional<ProcessEntry> above = premises.table().get(process.ppid());
        if (above.filter(p -> CeleryCommand.isWorker(p.argv())).isPresent()) {
            return false;
        }
        Optional<ProcessEntry> parent = above.filter(p -> programIs(p, program));
        if (parent.isPresent()) {
            // below the program's own wrapper it is a main; below a worker it is a pool process or a task's affair
            return !hasCeleryAbove(parent.get(), program)
                    && leader(parent.get(), program)
                            .filter(l -> isKnownCommand(process, program) || isRootOf(l, program))
                            .isPresent();
        }
        if (process.pid() == process.pgid()) {
            return isKnownCommand(process, program) || isRootOf(process, program) || isOfItsScript(process, program);
        }
        return leaderIsGone(process, program) && hasLostItsWrapper(process, program);
    }

    /** The command is a script that starts such a process; in the session of today's supervisord it would be a child of that. */
    private boolean isOfItsScript(ProcessEntry process, Program program) {
        return !CeleryCommand.startsCelery(program.command())
                && premises.isOfAnotherSession(process)
                && new ShellScript(premises.script(program)).starts(process.argv());
    }

    /** It was started with the words of the program's command, perhaps behind the interpreter of a script. */
    static boolean isRootOf(ProcessEntry process, Program program) {
        String command = unquoted(program.command());
        return (" " + unquoted(String.join(" ", process.argv()))).endsWith(" " + command) && !command.isEmpty();
    }

    /** The file has quotes where the command line has words. */
    private static String unquoted(String text) {
        return text.replaceAll("[\"'\\\\]", "").replaceAll("\\s+", " ").strip();
    }

    /**
     * Its parent and the leader of its group are gone. Below a shell that was a main process; of a program that is Celery itself, the main
     * process was the leader, and this is what it or a task has forked: unknown, therefore spared.
     */
    private boolean hasLostItsWrapper(ProcessEntry process, Program program) {
        boolean proven = CeleryCommand.isBeat(process.argv()) || !pool(process).isEmpty();
        return !CeleryCommand.isDirect(program.command())
                && proven
                && isKnownCommand(process, program)
                && !hasMain(process);
    }

    private List<ProcessEntry> pool(ProcessEntry process) {
        return PoolProcesses.of(
                process, CeleryCommand.pool(process.argv()), premises.table().children(process.pid()));
    }

    /** Programs of an earlier life that are no Celery by their looks: not ours to end, but they run twice now. */
    List<ProcessEntry> others() {
        return premises.table().all().stream()
                .filter(e -> premises.isStranger(e) && e.pid() == e.pgid() && !CeleryCommand.isCelery(e.argv()))
                .filter(this::stayed)
                .filter(e -> premises.programOf(e).filter(p -> isRootOf(e, p)).isPresent())
                .toList();
    }

    /** Workers and schedulers whose program this supervisord has no longer, the topmost of each: renamed, or one of fewer processes. */
    List<ProcessEntry> ofRemovedPrograms() {
        return leftCelery()
                .filter(premises::isOfRemovedProgram)
                .filter(e -> isTopmost(e, premises.table()))
                .toList();
    }

    private boolean isHeadless(ProcessEntry process) {
        return stayed(process)
                && premises.programOf(process)
                        .filter(program -> !isMainOf(process, program))
                        .filter(program -> isUnspoken(process, program)
                                || CeleryCommand.isWorker(process.argv()) && leaderIsGone(process, program))
                        .isPresent();
    }

    /** All speaks for a main process, but its supervisord may live, under a name that nobody knows. */
    private boolean isHeld(ProcessEntry process) {
        return stayed(process)
                && premises.programOf(process)
                        .filter(program -> looksLikeMainOf(process, program) && !isAbandoned(process, program))
                        .isPresent();
    }

    /** It leads a group, and nothing says that its program runs Celery: a script that cannot be read, or a notebook that was used for it. */
    private static boolean isUnspoken(ProcessEntry process, Program program) {
        return process.pid() == process.pgid() && !CeleryCommand.startsCelery(program.command());
    }

    /** A title is written over the environment, and {@code env -i} empties it: nothing is left to tell which supervisord it belonged to. */
    private boolean hasLostItsMarks(ProcessEntry process, Set<List<String>> beginnings) {
        return premises.marks(process).isEmpty()
                && !hasDetached(process)
                && !premises.isSupervised(process)
                && (beginnings.contains(CeleryCommand.arguments(process.argv())) || isEmbeddedBeatOfNobody(process));
    }

    /** Its worker is gone, and one of a program that embeds a scheduler may have been it. */
    private boolean isEmbeddedBeatOfNobody(ProcessEntry process) {
        return CeleryCommand.isEmbeddedBeat(process.argv())
                && premises.table()
                        .get(process.ppid())
                        .filter(above -> CeleryCommand.isWorker(above.argv()))
                        .isEmpty()
                && premises.programs().stream().anyMatch(p -> CeleryCommand.embedsBeat(p.command()));
    }

    /**
     * Clones of a worker without a main process: pool processes of a dead one, or what a task has forked and detached. What a program
     * that does not say that it runs Celery has left. And main processes whose parent may be a supervisord.
     */
    List<ProcessEntry> unsure() {
        Set<List<String>> beginnings = new HashSet<>();
        premises.programs().forEach(p -> beginnings.addAll(CeleryCommand.beginnings(p.command())));
        List<ProcessEntry> found = new ArrayList<>();
        for (ProcessEntry process : premises.table().all()) {
            boolean parentless = premises.table()
                    .get(process.ppid())
                    .filter(p -> !p.marks().isEmpty())
                    .isEmpty();
            boolean celery = CeleryCommand.isCelery(process.argv()) || CeleryCommand.isEmbeddedBeat(process.argv());
            boolean leftAlone = parentless && (isHeadless(process) || hasLostItsMarks(process, beginnings));
            if (celery && premises.isStranger(process) && (leftAlone || isHeld(process))) {
                found.add(process);
            }
        }
        return found;
    }

    /** While the leader of its group lives, a process whose parent is gone has been detached. */
    private boolean leaderIsGone(ProcessEntry process, Program program) {
        return premises.table()
                .get(process.pgid())
                .filter(leader -> programIs(leader, program))
                .isEmpty();
    }

    /** Its group has a main process that is older: pool processes would be children of that one. */
    private boolean hasMain(ProcessEntry process) {
        return premises.table().group(process.pgid()).stream()
                .filter(other -> other.startTicks() < process.startTicks())
                .filter(other -> CeleryCommand.alike(other, process))
                .anyMatch(other -> !pool(other).isEmpty());
    }

    private boolean hasCeleryAbove(ProcessEntry process, Program program) {
        return chain(process, program).anyMatch(e -> CeleryCommand.isCelery(e.argv()));
    }

    /** The leader of a process group inside supervisord's session that this descends from. */
    private Optional<ProcessEntry> leader(ProcessEntry process, Program program) {
        return chain(process, program)
                .filter(e -> e.pid() == e.pgid() && e.sid() != e.pid())
                .findFirst();
    }

    /** A process of this program and its ancestors, as far as they are of it too. */
    private Stream<ProcessEntry> chain(ProcessEntry process, Program program) {
        return premises.table().lineage(process).takeWhile(p -> programIs(p, program));
    }

    private boolean programIs(ProcessEntry process, Program program) {
        return premises.programOf(process).filter(program::equals).isPresent();
    }

    /**
     * The arguments must be those of the program's command or of a worker that it runs now; one in a group of its own may be of a terminal.
     */
    private boolean isKnownCommand(ProcessEntry process, Program program) {
        return CeleryCommand.startedBy(program.command(), process.argv())
                || living.getOrDefault(program.fullName(), List.of()).stream()
                        .filter(m -> m.process().pgid() == program.pid())
                        .anyMatch(m -> CeleryCommand.alike(m.process(), process));
    }
}
