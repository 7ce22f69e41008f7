package dev.rollcall.engine;

import dev.rollcall.core.Killed;
import dev.rollcall.core.Node;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of one node while it goes away: its processes, its latest tasks, when it last answered and when it was gone. */
final class NodeWatch {
    private final ProcessIdentity main;
    private Node node;
    private long lastAnswer;
    private long goneAt;
    private int silent;
    private final Set<ProcessIdentity> killed = new HashSet<>();
    private Set<Long> atWork = Set.of();
    private boolean unseen;
    private boolean signalled;
    private Optional<String> remap = Optional.of("");
    private boolean worked;

    NodeWatch(ProcessIdentity main, Node node, long now) {
        this.main = main;
        this.node = node;
        this.lastAnswer = now;
        this.worked = !node.tasks().isEmpty();
    }

    ProcessIdentity main() {
        return main;
    }

    Node node() {
        return node;
    }

    List<Task> tasks() {
        return node.tasks();
    }

    void add(List<Node.Pool> more) {
        node = node.withMore(more);
    }

    List<ProcessIdentity> pool() {
        return node.processes().stream().map(p -> p.identity(main.bootId())).toList();
    }

    /** Whether it is its main process or one of its pool. */
    boolean holds(ProcessIdentity identity) {
        return main.equals(identity) || pool().contains(identity);
    }

    Killed.Kind kind(ProcessIdentity identity) {
        return identity.equals(main) ? Killed.Kind.MAIN : Killed.Kind.POOL;
    }

    /** @return whether there is more to know than before: other tasks, or that it has told any */
    boolean heard(Node now, long at) {
        boolean changed = now.answered() != node.answered() || !ids(now.tasks()).equals(ids(tasks()));
        node = now;
        worked |= !now.tasks().isEmpty();
        lastAnswer = at;
        silent = 0;
        unseen = false;
        return changed;
    }

    private static List<String> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).sorted().toList();
    }

    void silent() {
        silent++;
    }

    /** It has not fallen silent, as a node that stops does. One that did not answer the roll may still do. */
    boolean worthAsking() {
        return node.takesTasks() && goneAt == 0 && silent < 3;
    }

    void gone(long at) {
        if (goneAt == 0) {
            goneAt = at;
        }
    }

    /** @param children of the main process, while it lived */
    void saw(Collection<ProcessEntry> children) {
        atWork =
                children.stream().filter(p -> !p.ended()).map(ProcessEntry::pid).collect(Collectors.toSet());
    }

    /** One that stops waits for its pool, and half a second more: this one was gone with the process that ran the task. */
    boolean hasNotWaitedFor(Task task) {
        return isGone() && atWork.contains(task.workerPid());
    }

    boolean isGone() {
        return goneAt != 0;
    }

    long goneAt() {
        return goneAt;
    }

    /** Between its last answer and its end, as far as its stop had begun: before that nobody may have asked it. */
    Duration silence(OptionalLong notYetAt) {
        return Duration.ofNanos(goneAt - Math.max(lastAnswer, notYetAt.orElse(lastAnswer)));
    }

    /** @param signal nothing if nobody knows */
    void remaps(Optional<String> signal) {
        remap = signal;
    }

    Optional<String> remap() {
        return remap;
    }

    /** Whether it was ever seen to run a task: one that takes tasks may have begun another since its last answer. */
    boolean hasWorked() {
        return worked;
    }

    Duration sinceLastAnswer() {
        return Duration.ofNanos(goneAt - lastAnswer);
    }

    /** Nobody has watched it for a while, for this run was cut off: if it never answers again, nobody knows how it ended. */
    void lostSightOf() {
        unseen = true;
    }

    boolean hasEndedUnseen() {
        return unseen && isGone();
    }

    /** Its pool processes have got the stop signal as well as itself. */
    void poolSignalled() {
        signalled = true;
    }

    boolean hasPoolSignalled() {
        return signalled;
    }

    void killedByUs(ProcessIdentity process) {
        killed.add(process);
    }

    boolean wasKilledByUs() {
        return killed.contains(main);
    }

    boolean wasKilledByUs(Task task) {
        return killed.stream().anyMatch(p -> p.pid() == task.workerPid());
    }
}
