package dev.rollcall.trigger.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Body;
import org.apache.camel.Headers;

/** Sends one event to the webhook and says what became of it. The bean {@code webhook} of routes/events.camel.yaml. */
public final class WebhookPost {
    private static final List<String> SENT =
            List.of("Content-Type", Signature.HEADER, "X-Rollcall-Event", "X-Rollcall-Delivery");

    private final URI url;
    private final Duration answer;
    private final InstantSource time;
    private final HttpClient client;

    /**
     * @param connect deadline for the connection
     * @param answer deadline for all of it
     */
    WebhookPost(URI url, Duration connect, Duration answer, InstantSource time) {
        this.url = url;
        this.answer = answer;
        this.time = time;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(Executors.newCachedThreadPool(WebhookPost::thread))
                .build();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rollcall-webhook");
        thread.setDaemon(true);
        return thread;
    }

    public Receipt post(@Body byte[] body, @Headers Map<String, Object> headers) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(answer)
                .header("User-Agent", "rollcall")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : SENT) {
            if (headers.get(name) instanceof String value) {
                request.header(name, value);
            }
        }
        return send(request.build());
    }

    /** What the receiver says beside its status is not read by anybody. */
    private Receipt send(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            HttpResponse<Void> response = sent.get(answer.toMillis(), TimeUnit.MILLISECONDS);
            return Receipt.of(response.statusCode(), response.headers().firstValue("Retry-After"), time.instant());
        } catch (TimeoutException late) {
            return Receipt.again("no answer in " + answer.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                return Receipt.again(words(broken));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            sent.cancel(true); // an answer that goes on and on ends here; one that is over does not mind
        }
    }

    /** With the cause below it: that of a handshake says what is wrong with the certificate. */
    private static String words(IOException broken) {
        Throwable cause = broken;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
