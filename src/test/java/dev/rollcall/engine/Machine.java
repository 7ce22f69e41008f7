package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** One host in memory. Time passes when somebody waits, and what was to happen meanwhile happens. */
final class Machine implements Clock {
    static final String BOOT = "boot-1";
    static final String HOST = "h";
    /** Above every pid that a kernel gives: none of these is our own. */
    static final long FIRST_PID = 5_000_000;

    private record Happening(long at, long order, Runnable what) {}

    private final Map<Long, ProcessEntry> table = new ConcurrentSkipListMap<>();
    private final PriorityQueue<Happening> future =
            new PriorityQueue<>(Comparator.comparingLong(Happening::at).thenComparingLong(Happening::order));
    private final List<Runnable> mourners = new ArrayList<>();
    private long nanos = 1;
    private boolean halted;
    String boot = BOOT;
    private Duration set = Duration.ZERO;
    private long order;

    Machine() {
        put(entry(1, 0, List.of("/sbin/init"), Map.of()));
    }

    static ProcessEntry entry(long pid, long parent, List<String> argv, Map<String, String> marks) {
        return new ProcessEntry(pid, pid * 10, parent, pid, FIRST_PID, 'S', 0, "/usr/bin/python3.11", argv, marks);
    }

    /** A child of init that is no Python program. */
    static ProcessEntry program(long pid, String exe, String... words) {
        List<String> argv = new ArrayList<>(List.of(words));
        argv.add(0, exe);
        return new ProcessEntry(pid, pid * 10, pid > 1 ? 1 : 0, pid, FIRST_PID, 'S', 0, exe, argv, Map.of());
    }

    static ProcessEntry inGroup(ProcessEntry p, long pgid, long sid) {
        return new ProcessEntry(
                p.pid(), p.startTicks(), p.ppid(), pgid, sid, p.state(), p.uid(), p.exe(), p.argv(), p.marks());
    }

    private static ProcessEntry adopted(ProcessEntry p) {
        return new ProcessEntry(
                p.pid(), p.startTicks(), 1, p.pgid(), p.sid(), p.state(), p.uid(), p.exe(), p.argv(), p.marks());
    }

    private static ProcessEntry stopped(ProcessEntry p) {
        return new ProcessEntry(
                p.pid(), p.startTicks(), p.ppid(), p.pgid(), p.sid(), 'T', p.uid(), p.exe(), p.argv(), p.marks());
    }

    /** The engine's own process is killed: nothing that it does from now on has any effect. */
    static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void halt() {
        halted = true;
        throw new Halt();
    }

    /** Another engine may begin. */
    void goOn() {
        halted = false;
    }

    /** Every process is gone, and pids begin anew. */
    synchronized void reboot() {
        List.copyOf(table.keySet()).stream().filter(pid -> pid > 1).forEach(table::remove);
        future.clear();
        boot = "boot-2";
    }

    private void checkHalted() {
        if (halted) {
            throw new Halt();
        }
    }

    synchronized void put(ProcessEntry process) {
        table.put(process.pid(), process);
    }

    /** Another process has the pid from now on. */
    synchronized void reuse(long pid) {
        end(pid);
        ProcessEntry other = entry(pid, 1, List.of("sleep", "600"), Map.of());
        put(new ProcessEntry(pid, 77, 1, pid, pid, 'S', 0, "/bin/sleep", other.argv(), other.marks()));
    }

    /** Its children get a new parent. */
    synchronized void end(long pid) {
        if (table.remove(pid) != null) {
            table.replaceAll((id, p) -> p.ppid() == pid ? adopted(p) : p);
            mourners.forEach(Runnable::run);
        }
    }

    synchronized void stop(long pid) {
        table.computeIfPresent(pid, (id, p) -> stopped(p));
    }

    void whenSomebodyEnds(Runnable what) {
        mourners.add(what);
    }

    synchronized void after(long ms, Runnable what) {
        future.add(new Happening(nanos + Duration.ofMillis(ms).toNanos(), order++, what));
    }

    synchronized ProcessTable table() {
        return new ProcessTable(boot, table.values());
    }

    Optional<ProcessEntry> find(long pid) {
        return Optional.ofNullable(table.get(pid));
    }

    boolean runs(long pid) {
        return table.containsKey(pid);
    }

    boolean alive(ProcessIdentity identity) {
        return find(identity.pid())
                .filter(e -> e.identity(boot).equals(identity))
                .isPresent();
    }

    @Override
    public synchronized Instant now() {
        checkHalted();
        return Instant.parse("2026-11-23T10:30:00Z").plusNanos(nanos).plus(set);
    }

    /** Somebody sets the wall clock. */
    synchronized void jump(Duration time) {
        set = set.plus(time);
    }

    @Override
    public synchronized long nanos() {
        checkHalted();
        return nanos;
    }

    @Override
    public synchronized void pause(Duration time) {
        long end = nanos + time.toNanos();
        while (!future.isEmpty() && future.peek().at() <= end) {
            Happening next = future.poll();
            nanos = Math.max(nanos, next.at());
            next.what().run();
        }
        nanos = Math.max(nanos, end);
    }
}
