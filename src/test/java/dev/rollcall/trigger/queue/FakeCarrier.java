package dev.rollcall.trigger.queue;

import dev.rollcall.engine.Request;
import dev.rollcall.port.Journal.JournalException;
import dev.rollcall.request.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Carries out runs when it is told to; remembers them as their journals would. */
final class FakeCarrier implements Carrier {
    final List<String> carried = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final Set<String> over = new HashSet<>();
    final Set<String> cutOff = new HashSet<>();
    final Set<String> untouched = new HashSet<>();
    /** What happens meanwhile to a run that comes to nothing. */
    Runnable meanwhile = () -> {};

    private boolean open;
    private boolean held;
    private boolean stopping;
    private int refusals;
    private int riddles;

    /** Runs end at once from now on. */
    synchronized FakeCarrier open() {
        open = true;
        notifyAll();
        return this;
    }

    synchronized void hold(boolean now) {
        held = now;
    }

    /** The next tries come to nothing. */
    synchronized void refuse(int times) {
        refusals = times;
    }

    /** So many times nobody can tell who holds a target. */
    synchronized void puzzle(int times) {
        riddles = times;
    }

    synchronized void letOneEnd() {
        int before = over.size();
        open = true;
        notifyAll();
        await(() -> over.size() > before);
        open = false;
    }

    synchronized void awaitBegun(int runs) {
        await(() -> carried.size() >= runs);
    }

    synchronized void awaitOver(int runs) {
        await(() -> over.size() >= runs);
    }

    private void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not in time; carried " + carried + ", over " + over);
                }
                wait(100);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized Stage stage(String runId) {
        if (over.contains(runId)) {
            return Stage.OVER;
        }
        Stage begun = untouched.contains(runId) ? Stage.UNTOUCHED : Stage.NONE;
        return cutOff.contains(runId) ? Stage.CUT_OFF : begun;
    }

    @Override
    public synchronized End carry(String runId, Request request) {
        carried.add(runId);
        requests.add(request);
        notifyAll();
        if (refusals > 0) {
            refusals--;
            meanwhile.run();
            return End.NOT_YET;
        }
        await(() -> open || stopping);
        if (!open) {
            return End.ABANDONED;
        }
        over.add(runId);
        notifyAll();
        return End.OVER;
    }

    @Override
    public void finish(Targets targets) {
        // whatever was cut off is in the queue
    }

    @Override
    public synchronized boolean isHeld(Request request) {
        if (riddles > 0) {
            riddles--;
            throw new JournalException("tried to read a lock but Input/output error; look at the disk");
        }
        return held;
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        notifyAll();
    }
}
