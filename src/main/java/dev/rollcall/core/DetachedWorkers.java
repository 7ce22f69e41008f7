package dev.rollcall.core;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Workers and schedulers that a program starts by {@code celery multi start} or {@code --detach}: they leave supervisord, which sees its
 * program end, and go on when it goes.
 */
public final class DetachedWorkers {
    private final Premises premises;

    public DetachedWorkers(Premises premises) {
        this.premises = premises;
    }

    /** Programs that start theirs so, whether one lives or not. */
    public List<Program> programs() {
        return premises.programs().stream()
                .filter(program -> areStartedBy(program.command()))
                .toList();
    }

    /** The topmost of each that is alive, by its environment; also those that were spared before. */
    public List<ProcessEntry> of(Program program) {
        return premises.table().all().stream()
                .filter(e -> !premises.isBelow(e) && CeleryCommand.isCelery(e.argv()) && Orphanage.hasDetached(e))
                .filter(e -> premises.programOf(e).filter(program::equals).isPresent())
                .filter(e -> Orphanage.isTopmost(e, premises.table()))
                .toList();
    }

    static boolean areStartedBy(String command) {
        List<String> words = CeleryCommand.words(command);
        return IntStream.range(0, words.size())
                .filter(at -> CeleryCommand.isCeleryProgram(words.get(at)))
                .mapToObj(at -> words.subList(at + 1, words.size()))
                .anyMatch(after -> startsNodes(after) || isToldTo(after));
    }

    private static boolean startsNodes(List<String> words) {
        return CeleryCommand.hasCommand("multi", words)
                && words.subList(words.indexOf("multi"), words.size()).contains("start");
    }

    private static boolean isToldTo(List<String> words) {
        boolean starts =
                CeleryCommand.hasCommand("worker", words) || CeleryCommand.hasCommand(CeleryCommand.BEAT, words);
        return starts && (words.contains("--detach") || words.contains("-D"));
    }
}
