package dev.rollcall.trigger;

import org.apache.camel.CamelContext;

/** One part of the engine that lives as long as it: a trigger, the way out of events, the health of it all. */
public interface Part extends AutoCloseable {
    /**
     * Binds the beans that the routes name, and adds routes that depend on the configuration. The context has read its route files and is not started.
     *
     * @throws Exception if the engine must not start; the message is for its operator
     */
    void join(CamelContext context) throws Exception;

    /** Takes nothing new from now on; what it has taken is on disk already. Returns at once. */
    @Override
    void close();
}
