package dev.rollcall.trigger.http;

import io.vertx.core.spi.ExecutorServiceFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Vert.x starts all threads that it may have one after the other and keeps them. These are started when all others are busy, and go when there is nothing to do. */
final class WorkerThreads implements ExecutorServiceFactory {
    private static final int KEPT = 2;
    private static final long IDLE_SECONDS = 10;

    @Override
    public ExecutorService createExecutor(ThreadFactory threads, Integer usual, Integer most) {
        return new ThreadPoolExecutor(
                Math.min(KEPT, most), most, IDLE_SECONDS, TimeUnit.SECONDS, new OnlyToIdle(), threads, (task, pool) -> {
                    if (!pool.isShutdown()) {
                        ((OnlyToIdle) pool.getQueue()).keep(task); // all threads are there and busy
                    }
                });
    }

    /** A pool starts another thread when its queue takes no task. */
    private static final class OnlyToIdle extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        /** The other ways to add something come back to the one above in newer versions of Java. */
        void keep(Runnable task) {
            super.offer(task);
        }
    }
}
