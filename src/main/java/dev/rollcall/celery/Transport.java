package dev.rollcall.celery;

/** One way to the nodes of one broker; a new kind of broker is one class more. Used by one thread at a time. */
interface Transport extends AutoCloseable {
    /** redis, amqp or exec. */
    String means();

    /** Makes a wrong address or password show at once; {@link #ask} would connect by itself. */
    void connect(Deadline deadline) throws NoWayIn;

    /** Asks every node and hands over what comes until the inquiry is satisfied, nobody else will answer, or the deadline has passed. */
    void ask(Inquiry inquiry, Deadline deadline);

    /** How many nodes listened to the last question at most; -1 if that cannot be known. */
    long listeners();

    @Override
    void close();

    /** Makes transports for the schemes it speaks. */
    interface Maker {
        boolean speaks(Broker broker);

        /** Not yet connected. */
        Transport make(Broker broker, Findings findings);
    }
}
