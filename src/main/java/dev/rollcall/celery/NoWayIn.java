package dev.rollcall.celery;

import dev.rollcall.core.Finding;

/** A broker or an application cannot be reached; carries the words for a person. */
final class NoWayIn extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Finding finding;

    NoWayIn(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    NoWayIn(Finding finding, Throwable cause) {
        super(finding.message(), cause);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
