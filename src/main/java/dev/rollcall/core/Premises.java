package dev.rollcall.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One supervisord's part of the process table: which processes are mains of its Celery programs, now or from an earlier life.
 * Knows nothing of replies; a process is what its place, its command line and its environment say.
 */
public final class Premises {
    private final ProcessTable table;
    private final List<Program> programs;
    private final String serverUrl;
    private final Function<Program, String> scripts;
    private final Predicate<ProcessEntry> here;
    private final Set<ProcessIdentity> spared;
    private final Set<Long> below = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private final Map<Long, Program> byPid = new HashMap<>();
    private final Map<Mark, Program> byMark = new HashMap<>();
    private final Map<Long, Program> adopted = new HashMap<>();
    private final Map<Long, Map<String, String>> marks;
    private final Set<Long> supervisords;
    private final boolean running;
    private final Optional<Long> session;
    private Optional<List<Main>> mains = Optional.empty();

    /**
     * @param supervisord pid, or 0 if it does not run
     * @param supervision its programs
     * @param spared bystanders of earlier rolls: once spared, always spared
     */
    public Premises(ProcessTable table, long supervisord, Supervision supervision, Set<ProcessIdentity> spared) {
        this.table = table;
        this.programs = supervision.programs();
        this.serverUrl = supervision.serverUrl();
        this.spared = Set.copyOf(spared);
        this.scripts = supervision.scripts();
        this.here = supervision.here();
        running = supervisord > 0;
        session = table.get(supervisord).map(ProcessEntry::sid);
        places.add(table.namespaces());
        if (supervisord > 0) {
            table.descendants(supervisord).forEach(this::addBelow);
        }
        for (Program program : programs) {
            byPid.putIfAbsent(program.pid(), program);
            byMark.putIfAbsent(new Mark(program.group(), program.name()), program);
        }
        marks = table.inherited(Premises::ownMarks);
        supervisords = table.inherited(e -> e.mayBeSupervisord() ? Optional.of(true) : Optional.empty())
                .keySet();
    }

    /** What {@code SUPERVISOR_GROUP_NAME} and {@code SUPERVISOR_PROCESS_NAME} say. */
    private record Mark(String group, String name) {}

    private void addBelow(ProcessEntry process) {
        below.add(process.pid());
        if (!process.marks().isEmpty()) {
            places.add(process.namespaces());
        }
    }

    /** {@code env -i} takes them away: then those of the nearest ancestor count, but not those of init. */
    private static Optional<Map<String, String>> ownMarks(ProcessEntry process) {
        boolean topmost = process.ppid() <= 1;
        return process.marks().isEmpty() && !topmost ? Optional.empty() : Optional.of(process.marks());
    }

    /**
     * What a supervisord supervises.
     *
     * @param serverUrl as it stands in its children's {@code SUPERVISOR_SERVER_URL}
     * @param scripts the text of the script that a program's command executes; empty if it is none
     * @param here whether one in another mount namespace is certainly of this place: each life of a unit with PrivateTmp= has a new one
     */
    public record Supervision(
            String serverUrl, List<Program> programs, Function<Program, String> scripts, Predicate<ProcessEntry> here) {
        public Supervision {
            programs = List.copyOf(programs);
        }

        public Supervision(String serverUrl, List<Program> programs, Function<Program, String> scripts) {
            this(serverUrl, programs, scripts, process -> false);
        }

        public Supervision(String serverUrl, List<Program> programs) {
            this(serverUrl, programs, program -> "");
        }
    }

    public ProcessTable table() {
        return table;
    }

    /** Main processes below supervisord, then orphans; found once, for a table does not change. */
    public List<Main> mains() {
        if (mains.isEmpty()) {
            mains = Optional.of(findMains());
        }
        return mains.get();
    }

    private List<Main> findMains() {
        List<Main> mains = new ArrayList<>();
        for (Program program : programs) {
            table.get(program.pid())
                    .filter(e -> below.contains(e.pid()))
                    .ifPresent(root -> addTopmost(root, program, mains));
        }
        mains.addAll(new Orphanage(this, mains).mains());
        return List.copyOf(mains);
    }

    private void addTopmost(ProcessEntry root, Program program, List<Main> mains) {
        ProgramTree tree = new ProgramTree(table, root, this::isSpared);
        tree.mains().forEach(process -> mains.add(new Main(process, program.fullName(), false)));
        tree.adopted().forEach(process -> adopted.put(process.pid(), program));
    }

    /** The programs below which something lives that they have not started, by its pid. */
    Map<Long, Program> adopted() {
        mains();
        return table.inherited(e -> Optional.ofNullable(adopted.get(e.pid())));
    }

    /**
     * What is alive of an earlier roll that is on disk and is not below supervisord now: certain, whatever it looks like.
     *
     * @param but mains that are known already
     */
    public List<Main> left(List<Node> roll, String bootId, List<Main> but) {
        Set<Long> known = new HashSet<>();
        but.forEach(m -> known.add(m.process().pid()));
        List<Main> found = new ArrayList<>();
        for (Node node : roll) {
            List<ProcessIdentity> all = new ArrayList<>();
            all.add(node.identity(bootId));
            node.processes().forEach(p -> all.add(p.identity(bootId)));
            for (ProcessIdentity identity : all) {
                table.get(identity.pid())
                        .filter(e -> table.holds(identity) && !isBelow(e) && !known.contains(e.ppid()))
                        .filter(e -> known.add(e.pid()))
                        .ifPresent(e -> found.add(new Main(e, node.program(), true)));
            }
        }
        return found;
    }

    /** Clones of a worker that may be leftover pool processes or what a task has detached: spared, and worth a word. */
    public List<ProcessEntry> unsure() {
        return new Orphanage(this, mains()).unsure();
    }

    /** Programs of an earlier life that are no Celery by their looks. */
    public List<ProcessEntry> others() {
        return new Orphanage(this, mains()).others();
    }

    /** Workers of programs that this supervisord has no longer: spared, though they may work beside those of now. */
    public List<ProcessEntry> ofRemovedPrograms() {
        return new Orphanage(this, mains()).ofRemovedPrograms();
    }

    /** Everything below supervisord. */
    public List<ProcessEntry> below() {
        return below.stream().flatMap(pid -> table.get(pid).stream()).toList();
    }

    List<Program> programs() {
        return programs;
    }

    /** Than that of the supervisord that runs. Of one that has gone just now nobody knows it any more: then nothing is. */
    boolean isOfAnotherSession(ProcessEntry process) {
        return session.map(own -> own != process.sid()).orElse(!running);
    }

    String script(Program program) {
        return scripts.apply(program);
    }

    /** Neither below supervisord nor known as a bystander. */
    boolean isStranger(ProcessEntry process) {
        return !isBelow(process) && !isSpared(process);
    }

    boolean isSpared(ProcessEntry process) {
        return spared.contains(process.identity(table.bootId()));
    }

    boolean isBelow(ProcessEntry process) {
        return below.contains(process.pid());
    }

    /** The program whose process tree holds this process. */
    Optional<Program> programAbove(long pid) {
        return table.get(pid).stream()
                .flatMap(table::lineage)
                .takeWhile(this::isBelow)
                .flatMap(process -> Optional.ofNullable(byPid.get(process.pid())).stream())
                .findFirst();
    }

    /** Its own, or those of the nearest ancestor that still has some. */
    Map<String, String> marks(ProcessEntry process) {
        return process.marks().isEmpty() ? marks.getOrDefault(process.pid(), Map.of()) : process.marks();
    }

    /** A container has processes with the same marks: the address of its supervisord means another one there. */
    boolean isOfThisPlace(ProcessEntry process) {
        // to look is dear: only at what says that it is of this supervisord
        return places.contains(marks(process).getOrDefault(ProcessEntry.NAMESPACES, ""))
                || markOf(process).isPresent() && here.test(process);
    }

    /** Below a supervisord that is alive, this one or another. */
    boolean isSupervised(ProcessEntry process) {
        return table.parent(process).filter(p -> supervisords.contains(p.pid())).isPresent();
    }

    /** The program that a process was started under, by its environment, wherever it lives now. */
    Optional<Program> programOf(ProcessEntry process) {
        return markOf(process).flatMap(mark -> Optional.ofNullable(byMark.get(mark)));
    }

    /** It was started by this supervisord, under a name that no program has now. */
    boolean isOfRemovedProgram(ProcessEntry process) {
        return markOf(process)
                .filter(mark -> !mark.name().isEmpty() && !byMark.containsKey(mark))
                .isPresent();
    }

    /** Nothing if this supervisord did not start it. */
    private Optional<Mark> markOf(ProcessEntry process) {
        Map<String, String> found = marks(process);
        if (!serverUrl.equals(found.get("SUPERVISOR_SERVER_URL"))) {
            return Optional.empty();
        }
        return Optional.of(new Mark(
                found.getOrDefault("SUPERVISOR_GROUP_NAME", ""), found.getOrDefault("SUPERVISOR_PROCESS_NAME", "")));
    }
}
