package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
    private final ExecutorService pool = new WorkerThreads().createExecutor(Executors.defaultThreadFactory(), 5, 5);

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void one_task_after_the_other_needs_few_threads() throws Exception {
        for (int i = 0; i < 50; i++) {
            pool.submit(() -> {}).get();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> ((ThreadPoolExecutor) pool).getActiveCount() == 0);
        }
        assertThat(((ThreadPoolExecutor) pool).getLargestPoolSize()).isLessThanOrEqualTo(3);
    }

    @Test
    void tasks_that_wait_take_threads_as_long_as_there_are_some_and_no_task_is_lost() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            pool.execute(() -> {
                try {
                    go.await();
                    done.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        Awaitility.await().until(() -> ((ThreadPoolExecutor) pool).getActiveCount() == 5);
        assertThat(done).hasValue(0);
        go.countDown();
        Awaitility.await().until(() -> done.get() == 20);
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        pool.execute(() -> done.set(-1));
        assertThat(done).hasValue(20);
    }
}
