package dev.rollcall.trigger.events;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.ModelCamelContext;

/** Sends an event into {@code direct:event}. A route that ends well has delivered it, unless its last word is a {@link Receipt} that says otherwise. */
final class Dispatch {
    static final String ROUTE = "direct:event";

    private final ProducerTemplate template;
    private final Signature signature;

    Dispatch(CamelContext context, Signature signature) {
        this.signature = signature;
        this.template = context.createProducerTemplate();
    }

    /** Whether a route takes events; one that replaces the packaged one may have forgotten to. */
    static boolean isTaken(CamelContext context) {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .anyMatch(route -> ROUTE.equals(route.getInput().getEndpointUri()));
    }

    Receipt send(Letter letter) {
        Map<String, Object> headers = letter.headers(signature);
        Exchange sent = template.send(ROUTE, exchange -> {
            Message message = exchange.getMessage();
            message.setBody(letter.body());
            message.setHeaders(headers);
        });
        if (sent.getException() != null) {
            return Receipt.again(sent.getException().toString());
        }
        return sent.getMessage().getBody() instanceof Receipt receipt
                ? receipt
                : new Receipt(Receipt.Kind.DELIVERED, "delivered by a route", Optional.empty());
    }
}
