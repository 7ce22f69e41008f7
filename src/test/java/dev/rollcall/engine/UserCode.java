package dev.rollcall.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;

/** What a hook of a user's may do; its route finds the class by its name. */
public final class UserCode {
    /** What one call has got. */
    record Call(String body, Map<String, Object> headers) {}

    static final List<Call> CALLS = Collections.synchronizedList(new ArrayList<>());
    static volatile CountDownLatch interrupted = new CountDownLatch(1);
    static volatile CountDownLatch begun = new CountDownLatch(1);
    static volatile CountDownLatch release = new CountDownLatch(1);

    static void forget() {
        CALLS.clear();
        interrupted = new CountDownLatch(1);
        begun = new CountDownLatch(1);
        release = new CountDownLatch(1);
    }

    public void note(Exchange exchange) {
        CALLS.add(new Call(
                exchange.getMessage().getBody(String.class),
                Map.copyOf(exchange.getMessage().getHeaders())));
    }

    public void fail(Exchange exchange) {
        note(exchange);
        throw new IllegalArgumentException("no\n restart  today, says http://me:geheim@host/");
    }

    public void breakDown(Exchange exchange) {
        note(exchange);
        throw new StackOverflowError("too deep");
    }

    public void hang(Exchange exchange) throws InterruptedException {
        note(exchange);
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    /** Does not even end when it is told to. */
    public void ignore(Exchange exchange) {
        note(exchange);
        begun.countDown();
        boolean over = false;
        while (!over) {
            try {
                release.await();
                over = true;
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }
}
