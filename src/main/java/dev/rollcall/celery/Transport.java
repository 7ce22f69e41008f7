package dev.rollcall.celery;

/** One way to the nodes of one broker; a new kind of broker is one class more. Used by one thread at a time. */
interface Transport extends AutoCloseable {
    /** redis, amqp or exec. */
    String means();

    /** Asks every node and hands over what comes until the inquiry is satisfied, nobody else will answer, or the deadline has passed. */
    void ask(Inquiry inquiry, Deadline deadline);

    /** How many nodes listened to the last question at most; -1 if that cannot be known. */
    long listeners();

    @Override
    void close();

    /** Makes transports for the schemes it speaks. */
    interface Maker {
        boolean speaks(Broker broker);

        /** Connects, so that a wrong address or password shows at once. */
        Transport connect(Broker broker, Deadline deadline, Findings findings) throws NoWayIn;
    }
}
