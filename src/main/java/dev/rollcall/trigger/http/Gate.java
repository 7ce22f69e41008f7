package dev.rollcall.trigger.http;

import dev.rollcall.trigger.http.Admission.Head;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What every request passes before a route sees it. Runs on the event loop: nothing here may block. */
final class Gate implements Handler<RoutingContext> {
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private final Admission admission;
    private final Lines lines;
    private final Limits limits;
    private final BooleanSupplier open;

    Gate(Admission admission, Lines lines, Limits limits, BooleanSupplier open) {
        this.admission = admission;
        this.lines = lines;
        this.limits = limits;
        this.open = open;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        ALWAYS.forEach(response::putHeader);
        boolean stream = request.headers().contains("Accept", "text/event-stream", true);
        lines.of(request.connection()).expect(stream ? limits.stream().plus(limits.answer()) : limits.answer());
        context.addEndHandler(ended -> lines.answered(request.connection(), request.isEnded()));
        if (!open.getAsBoolean()) {
            send(context, Unrouted.reply(Status.UNAVAILABLE));
            return;
        }
        Optional<Reply> refusal =
                isPath(context) ? admission.refuse(head(context)) : Optional.of(Unrouted.reply(Status.BAD_REQUEST));
        if (refusal.isPresent()) {
            send(context, refusal.get());
        } else if (String.valueOf(request.path()).contains("//")) {
            send(context, Unrouted.reply(Status.NOT_FOUND)); // Vert.x would take it for one slash
        } else {
            context.next();
        }
    }

    /** What a request passes between its route and its body. @param read reads the body */
    Handler<RoutingContext> beforeBody(Handler<RoutingContext> read) {
        return context -> {
            Optional<Reply> refusal = Admission.refuseBody(head(context));
            if (refusal.isPresent()) {
                send(context, refusal.get());
                return;
            }
            long timer = context.vertx().setTimer(limits.body().toMillis(), t -> late(context));
            context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
            read.handle(context);
        };
    }

    private static void late(RoutingContext context) {
        if (!context.request().isEnded() && !context.response().ended()) {
            context.fail(Status.TIMEOUT.code());
        }
    }

    /** Vert.x finds out when it is asked for it. */
    private static boolean isPath(RoutingContext context) {
        try {
            return !context.normalizedPath().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Head head(RoutingContext context) {
        HttpServerRequest request = context.request();
        return new Head(request.method().name(), context.normalizedPath(), name -> request.headers()
                .getAll(name));
    }

    /** Without Camel, for what no route answers. */
    static void send(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (!context.request().isEnded()) {
            response.putHeader("Connection", "close");
        }
        response.end(Buffer.buffer(reply.body()));
    }
}
