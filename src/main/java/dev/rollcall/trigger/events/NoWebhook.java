package dev.rollcall.trigger.events;

/** Stands for the bean {@code webhook} where the configuration has none, so that the packaged route can be read. Nothing is sent into it then. */
public final class NoWebhook {
    public Receipt post(byte[] body) {
        throw new IllegalStateException("tried to send an event but events.webhook is not configured");
    }
}
