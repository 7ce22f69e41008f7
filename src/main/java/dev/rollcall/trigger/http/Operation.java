package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;

/** What one route does. */
interface Operation {
    /**
     * May block: it has a thread of its own.
     *
     * @throws UsageException if the request cannot be understood; the message is for whoever sent it
     */
    Reply answer(Call call) throws UsageException, InterruptedException;
}
