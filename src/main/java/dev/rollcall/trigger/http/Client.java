package dev.rollcall.trigger.http;

import java.io.IOException;

/** Whoever waits for the answer. */
interface Client {
    /** At most one; runs at once if the client has gone already, and when it goes. */
    void whenGone(Runnable then);

    /** Begins an answer without an end. */
    void open(String contentType);

    /** Returns when the client has taken it; a client that takes nothing for some time counts as gone. */
    void send(String text) throws IOException, InterruptedException;

    void end();
}
