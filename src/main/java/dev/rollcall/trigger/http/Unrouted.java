package dev.rollcall.trigger.http;

import java.util.Map;

/** What is said to requests that reach no operation. */
final class Unrouted {
    private static final Map<Status, String> SENTENCES = Map.of(
            Status.BAD_REQUEST, "tried to read the request but it is no HTTP request as it should be; mend the client",
            Status.NOT_FOUND, "tried to answer but nothing has this address; the addresses are in /openapi.yaml",
            Status.METHOD_NOT_ALLOWED, "tried to answer but this address has not this method; use one that Allow names",
            Status.TIMEOUT, "tried to read the request but it did not come whole in time; send it faster",
            Status.TOO_LARGE, "tried to read the request but it is larger than 64 KiB; send only options",
            Status.ADDRESS_TOO_LONG, "tried to read the request but its first line is too long; shorten its address",
            Status.HEADERS_TOO_LARGE, "tried to read the request but its headers are too large; send fewer",
            Status.EXPECTATION_FAILED, "tried to read the request but it expects what nobody does; leave Expect out",
            Status.UNAVAILABLE, "tried to answer but the engine is starting or stopping; ask again",
            Status.INTERNAL, "tried to answer but a defect of Rollcall came between; its log says more");

    private Unrouted() {}

    static Reply reply(Status status) {
        return Reply.problem(
                status,
                code(status),
                SENTENCES.getOrDefault(status, "tried to answer but the request is no good; mend it"));
    }

    private static String code(Status status) {
        return switch (status) {
            case INTERNAL -> "INTERNAL_ERROR";
            case UNAVAILABLE -> "NOT_READY";
            default -> status.name();
        };
    }
}
