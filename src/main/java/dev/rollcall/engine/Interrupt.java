package dev.rollcall.engine;

import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Step;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** INT, TERM or HUP: obeyed before anything was changed, put off until the service is up after that (S8). */
public final class Interrupt {
    /** The run stops where it is, with no end in its journal, for another process to go on with it. */
    public static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("the engine stops before anything was changed");
        }
    }

    private final AtomicInteger signal = new AtomicInteger();
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final AtomicBoolean deferred;

    public Interrupt() {
        this(false);
    }

    /** @param deferred whether the service may be down already */
    public Interrupt(boolean deferred) {
        this.deferred = new AtomicBoolean(deferred);
    }

    /** @return true if the run goes on nevertheless, because the service is down */
    public boolean raise(int number) {
        signal.compareAndSet(0, number);
        return deferred.get();
    }

    /**
     * As if the process had been cut off, if nothing has changed yet: nobody is told that the run was interrupted, because it will be carried out.
     *
     * @return true if the run goes on nevertheless, because the service is down
     */
    public boolean abandon() {
        abandoned.set(true);
        return deferred.get();
    }

    /** From here on an interrupt is put off. */
    void defer() {
        deferred.set(true);
    }

    /** The service is up again, and nothing of what comes next has begun. */
    void obey() {
        deferred.set(false);
    }

    /** The last moment to obey one. */
    void defer(Step step) throws Refusal {
        if (!deferred.getAndSet(true)) {
            obey(step);
        }
    }

    /** Whoever was told that it is put off has the word for it. */
    void check(Step step) throws Refusal {
        if (!deferred.get()) {
            obey(step);
        }
    }

    private void obey(Step step) throws Refusal {
        if (abandoned.get()) {
            throw new Abandoned();
        }
        int number = signal.get();
        if (number != 0) {
            throw new Refusal(
                    new Problem(
                            "INTERRUPTED",
                            step,
                            "interrupted by signal " + number + " before anything was changed",
                            true),
                    Outcome.INTERRUPTED,
                    128 + number);
        }
    }
}
