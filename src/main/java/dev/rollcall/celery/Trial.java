package dev.rollcall.celery;

import dev.rollcall.celery.Claim.Origin;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply.Stats;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a claimed broker to the proof: who answers there? */
final class Trial {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Broker broker;
    private final Findings findings = new Findings();
    private final Set<Claim> claims = new HashSet<>();
    private final Set<Stats> heard = new HashSet<>();
    private @Nullable Transport transport;
    private boolean abandoned;

    Trial(Broker broker) {
        this.broker = broker;
    }

    synchronized void claim(Claim claim) {
        claims.add(claim);
    }

    void run(List<Transport.Maker> makers, Duration answer, Deadline deadline) {
        Optional<Transport.Maker> maker =
                makers.stream().filter(m -> m.speaks(broker)).findFirst();
        if (maker.isEmpty()) {
            findings.add(Finding.warning(
                    "BROKER_UNSUPPORTED",
                    "tried to speak to " + broker + " but only Redis is spoken here",
                    "nothing, if exec inspection serves; else see docs for the brokers that are spoken"));
            return;
        }
        Transport made = maker.get().make(broker, findings);
        try {
            made.connect(deadline.atMost(CONNECT));
            ask(made, deadline, answer);
        } catch (NoWayIn e) {
            findings.add(e.finding());
            if (unreachable()) {
                // it may be down with the rest and come back: whoever asks later connects anew
                finish(made, List.of());
            }
        }
    }

    /** Not even a connection: other ways to the same broker would wait in vain as well. */
    boolean unreachable() {
        return findings.list().stream().anyMatch(f -> f.code().equals("BROKER_UNREACHABLE"));
    }

    private void ask(Transport made, Deadline deadline, Duration answer) {
        Deadline asked = deadline.atMost(answer);
        boolean room = deadline.left().minus(asked.left()).compareTo(Inquiry.LATE) > 0;
        Inquiry inquiry = new Inquiry(claimants(), room ? Inquiry.LATE : Inquiry.LITTLE);
        made.ask(inquiry, asked);
        finish(made, inquiry.stats());
    }

    private synchronized void finish(Transport made, List<Stats> answers) {
        if (abandoned) {
            made.close();
        } else {
            transport = made;
            heard.addAll(answers);
        }
    }

    synchronized Set<Long> claimants() {
        return claims.stream().map(Claim::pid).collect(Collectors.toSet());
    }

    synchronized Set<Stats> heard() {
        return Set.copyOf(heard);
    }

    synchronized Set<Long> pids() {
        return heard.stream().map(Stats::pid).collect(Collectors.toSet());
    }

    synchronized Optional<Transport> transport() {
        return Optional.ofNullable(transport);
    }

    synchronized Origin origin() {
        return claims.stream().map(Claim::origin).min(Comparator.naturalOrder()).orElse(Origin.CONNECTION);
    }

    Findings findings() {
        return findings;
    }

    Broker broker() {
        return broker;
    }

    /** Somebody listened there, and what came was not refused: asking otherwise would not help. */
    boolean alive() {
        boolean refused = findings.list().stream().anyMatch(f -> f.code().startsWith("REPLY_"));
        return !refused && transport().filter(t -> t.listeners() > 0).isPresent();
    }

    /** Nobody will use it; one that is still under way closes itself when it is done. */
    synchronized void abandon() {
        abandoned = true;
        if (transport != null) {
            transport.close();
        }
    }
}
