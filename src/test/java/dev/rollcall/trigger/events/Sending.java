package dev.rollcall.trigger.events;

import dev.rollcall.config.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** One life of an engine that sends events: tail, outbox and a context with the packaged route. */
final class Sending implements AutoCloseable {
    static final String PACKAGED = "classpath:routes/events.camel.yaml";
    static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(2));
    /** An hour after the runs of {@link State} began. */
    static final InstantSource LATER = InstantSource.fixed(State.BEGAN.plusSeconds(3600));

    static final InstantSource BEFORE = InstantSource.fixed(State.BEGAN.minusSeconds(3600));

    final Tail tail;
    final Outbox outbox;
    private final DefaultCamelContext context;

    private Sending(State state, Optional<Webhook> webhook, InstantSource time, Duration answer, String routes)
            throws Exception {
        tail = new Tail(state.journal(), new dev.rollcall.linux.SystemClock());
        tail.start();
        Terms terms = new Terms("host.example.org", Duration.ofSeconds(5), answer, QUICK, Duration.ofDays(7));
        outbox = new Outbox(tail, state.journal(), state.root(), webhook, time, terms);
        context = new DefaultCamelContext(false);
        context.disableJMX();
        context.setLoadTypeConverters(false);
        context.setMessageHistory(false);
        context.build();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(routes));
        try {
            outbox.join(context);
            context.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    static Sending to(Receiver receiver, State state, InstantSource time) throws Exception {
        return to(receiver.url(), Optional.empty(), state, time);
    }

    static Sending to(URI url, Optional<Path> secret, State state, InstantSource time) throws Exception {
        return new Sending(state, Optional.of(new Webhook(url, secret)), time, Duration.ofSeconds(10), PACKAGED);
    }

    static Sending impatient(URI url, State state) throws Exception {
        return waiting(Duration.ofMillis(300), url, state);
    }

    static Sending patient(URI url, State state) throws Exception {
        return waiting(Duration.ofSeconds(60), url, state);
    }

    private static Sending waiting(Duration answer, URI url, State state) throws Exception {
        return new Sending(state, Optional.of(new Webhook(url, Optional.empty())), BEFORE, answer, PACKAGED);
    }

    static Sending by(String routes, State state) throws Exception {
        Webhook nowhere = new Webhook(URI.create("http://127.0.0.1:1/"), Optional.empty());
        return new Sending(state, Optional.of(nowhere), BEFORE, Duration.ofSeconds(10), routes);
    }

    static Sending nowhere(State state) throws Exception {
        return new Sending(state, Optional.empty(), BEFORE, Duration.ofSeconds(10), PACKAGED);
    }

    /** Everything that is in journals has been sent, or parked. */
    boolean done() throws InterruptedException {
        return outbox.flush(Duration.ofSeconds(20));
    }

    static InstantSource at(Instant instant) {
        return InstantSource.fixed(instant);
    }

    @Override
    public void close() {
        outbox.close();
        tail.close();
        context.stop();
    }
}
