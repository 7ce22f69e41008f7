package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import dev.rollcall.port.Journal.JournalException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a request before an operation, and its reply into the exchange. */
final class Edge implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("rollcall.http");

    private final Operation operation;
    private final Lines lines;

    Edge(Operation operation, Lines lines) {
        this.operation = operation;
        this.lines = lines;
    }

    @Override
    public void process(Exchange exchange) {
        HttpMessage message = (HttpMessage) exchange.getMessage();
        HttpServerResponse response = message.getResponse();
        Reply reply = answer(call(message));
        if (reply.status() == 204 && !response.ended()) {
            response.setStatusCode(204).end(); // Camel would announce a body
        }
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
        reply.headers().forEach(message::setHeader);
        message.setBody(ByteBuffer.wrap(reply.body()));
    }

    private Call call(HttpMessage message) {
        HttpServerRequest request = message.getRequest();
        byte[] body = message.getBody(byte[].class); // Camel may have put it into a cache of streams
        return new Call(
                parts(message),
                new Query(request.query()),
                name -> request.headers().getAll(name),
                body == null ? new byte[0] : body,
                new Wire(message.getResponse(), lines.of(request.connection())));
    }

    /** Nothing but the named parts of the path has come in as a header without Camel's prefix. */
    private static Map<String, String> parts(Message message) {
        Map<String, String> parts = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value instanceof String text) {
                parts.put(name, text);
            }
        });
        return parts;
    }

    private Reply answer(Call call) {
        try {
            return operation.answer(call);
        } catch (UsageException e) {
            return Reply.problem(Status.BAD_REQUEST, "BAD_REQUEST", e.getMessage());
        } catch (InterruptedException e) {
            return Reply.problem(
                    Status.UNAVAILABLE, "STOPPING", "tried to answer but the engine is stopping; ask again");
        } catch (JournalException e) {
            LOG.warn("tried to answer a request but the state folder cannot be used: {}", e.getMessage());
            return Reply.problem(Status.UNAVAILABLE, "STATE_UNUSABLE", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("tried to answer a request but a defect came between", e);
            return Unrouted.reply(Status.INTERNAL);
        }
    }
}
