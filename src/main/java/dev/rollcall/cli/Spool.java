package dev.rollcall.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** What is told of a run on its way to a terminal, which may stand still (^S, a serial line, a full pipe): the run does not wait for it. */
final class Spool {
    private static final int MOST = 500;

    private final PrintWriter out;
    private final Deque<String> queue = new ArrayDeque<>();
    private boolean begun;
    private boolean printing;
    private boolean closed;
    private int lost;

    Spool(PrintWriter out) {
        this.out = out;
    }

    /** Returns at once. Where there is no room any more it is dropped, and counted. */
    synchronized void say(String text) {
        if (closed || queue.size() >= MOST) {
            lost++;
            return;
        }
        if (lost > 0) {
            queue.add(leftOut());
        }
        queue.add(text);
        begin();
        notifyAll();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            Thread thread = new Thread(this::print, "spool");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private String leftOut() {
        String words = "  " + lost + " more, left out: nobody was reading" + System.lineSeparator();
        lost = 0;
        return words;
    }

    private void print() {
        try {
            while (true) {
                out.print(take());
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String take() throws InterruptedException {
        printing = false;
        notifyAll();
        while (queue.isEmpty()) {
            wait();
        }
        printing = true;
        return queue.remove();
    }

    /**
     * Returns when everything is printed, or at the limit: what is not printed by then is dropped, so that it does not come after what follows.
     *
     * @return words about what was dropped; empty if nothing was
     */
    synchronized String close(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        closed = true;
        try {
            while ((printing || !queue.isEmpty()) && until - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lost += queue.size();
        queue.clear();
        return lost > 0 ? leftOut() : "";
    }
}
