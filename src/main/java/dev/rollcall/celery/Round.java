package dev.rollcall.celery;

import dev.rollcall.celery.Envelope.Incoming;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One attempt to ask over one transport: its tickets are its own, so what an earlier attempt still brings in is foreign. */
final class Round {
    private static final long MOST = 20_000;

    private final Inquiry inquiry;
    private final Findings findings;
    private final String stats = UUID.randomUUID().toString();
    private final String active = UUID.randomUUID().toString();
    private long awaited;
    private long heard;

    Round(Inquiry inquiry, Findings findings) {
        this.inquiry = inquiry;
        this.findings = findings;
    }

    Command stats(Naming naming, String oid) {
        return new Command(Answers.STATS, stats, naming.exchange(), naming.replyExchange(), oid);
    }

    Command active(Naming naming, String oid) {
        return new Command(Answers.ACTIVE, active, naming.exchange(), naming.replyExchange(), oid);
    }

    /** How many answers can come at most; a broker that claims more listeners than a cluster has is not believed. */
    void await(long answers) {
        awaited = Math.min(answers, MOST);
    }

    long missing() {
        return Math.max(0, awaited - heard);
    }

    boolean over() {
        return missing() == 0 || inquiry.satisfied();
    }

    Duration late() {
        return inquiry.late();
    }

    boolean untouched() {
        return heard == 0;
    }

    void take(byte[] message) {
        Incoming incoming = Envelope.unwrap(message, Map.of(stats, Answers.STATS, active, Answers.ACTIVE));
        if (incoming.ours()) {
            heard++;
            inquiry.heard(incoming.replies());
            incoming.complaint().ifPresent(findings::add);
            if (inquiry.full()) {
                findings.add(Envelope.tooMany());
            }
        }
    }

    /** An answer that came and was too large to be read; the finding is made where it was dropped. */
    void skip() {
        heard++;
    }
}
