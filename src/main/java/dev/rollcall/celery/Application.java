package dev.rollcall.celery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Finding;
import dev.rollcall.port.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the application itself for its broker, the one place that always knows: it may build the URL from files or a vault. */
final class Application {
    private static final String SCRIPT = script();

    private final Commands commands;
    private final Findings findings;

    Application(Commands commands, Findings findings) {
        this.commands = commands;
        this.findings = findings;
    }

    /** What must be equal for two workers to have the same application. */
    static List<Object> key(Worker worker) {
        Map<String, String> environment = new HashMap<>(worker.environment());
        environment.keySet().removeIf(name -> name.startsWith("SUPERVISOR_"));
        return List.of(
                worker.interpreter(),
                worker.directory(),
                worker.arguments().forCelery(),
                environment,
                worker.status().getOrDefault("Uid", ""));
    }

    /**
     * What it says of itself.
     *
     * @param pool that it has chosen for its workers
     */
    record Told(List<Broker> brokers, Optional<String> pool) {}

    Told ask(Worker worker, Deadline deadline) throws NoWayIn {
        Path python = worker.interpreter().orElseThrow(() -> failed(worker, "its Python cannot be told"));
        String marker = "rollcall-" + UUID.randomUUID() + ":";
        Arguments arguments = worker.arguments();
        List<String> argv = List.of(
                python.toString(),
                "-c",
                SCRIPT,
                marker,
                worker.app().orElse(""),
                arguments.config().orElse(""),
                arguments.loader().orElse(""),
                arguments.workdir().orElse(""));
        Commands.Output output = commands.run(new Confinement(worker).confine(argv, Map.of(), deadline.left()));
        if (output.timedOut()) {
            throw failed(worker, "loading it took too long");
        }
        return understood(worker, answer(output, marker), output);
    }

    private Told understood(Worker worker, @Nullable String answer, Commands.Output output) throws NoWayIn {
        if (answer == null) {
            throw failed(worker, complaint(output.err()) + " (exit code " + output.exit() + ")");
        }
        try {
            JsonNode told = Json.first(answer.getBytes(StandardCharsets.UTF_8));
            remark(worker, told);
            return new Told(brokers(told), Optional.ofNullable(Answers.pool(told.path("worker_pool"))));
        } catch (IOException e) {
            throw failed(worker, "its answer is no JSON");
        }
    }

    private static List<Broker> brokers(JsonNode told) throws NoWayIn {
        JsonNode options = told.path("transport_options");
        Naming naming = Naming.of(options, told.path("control_exchange").asText("celery"));
        String master = options.path("master_name").asText("");
        Tls tls = tls(told.path("ssl"));
        Broker.Access access = access(told.path("sentinel"));
        List<Broker> brokers = new ArrayList<>();
        boolean fills = told.path("sentinels_fill_prefix").asBoolean(true);
        for (Broker broker : BrokerUrl.read(told.path("broker").asText(""))) {
            Naming names = broker.hasSentinels() && !fills ? naming.verbatim() : naming;
            brokers.add(broker.with(names, master.isEmpty() ? null : master, tls, access));
        }
        return brokers;
    }

    private static @Nullable Tls tls(JsonNode ssl) {
        return ssl.isObject() ? Tls.of(options(ssl)) : null;
    }

    /** Exactly what the application gives its sentinels: it need not be what their master gets. */
    private static Broker.@Nullable Access access(JsonNode sentinel) {
        if (!sentinel.isObject()) {
            return null;
        }
        Map<String, String> options = options(sentinel);
        boolean tls = options.getOrDefault("ssl", "False").equals("True");
        return new Broker.Access(
                new Broker.Login(options.get("username"), options.get("password")), tls ? Tls.of(options) : null);
    }

    private static Map<String, String> options(JsonNode object) {
        Map<String, String> options = new HashMap<>();
        object.properties().forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        return options;
    }

    private void remark(Worker worker, JsonNode told) {
        if (!told.path("enable_remote_control").asBoolean(true)) {
            findings.add(Finding.warning(
                    "REMOTE_CONTROL_DISABLED",
                    "tried to plan asking " + worker
                            + " for its tasks but its application has worker_enable_remote_control off",
                    "turn it on, or accept that its tasks are not known"));
        }
        String accepted = told.path("accept_content").toString();
        if (!accepted.contains("json")) {
            findings.add(Finding.warning(
                    "NODE_REFUSES_JSON",
                    "tried to plan asking " + worker + " for its tasks but its application accepts only " + accepted,
                    "add json to accept_content, or set remote_control to exec"));
        }
    }

    private static @Nullable String answer(Commands.Output output, String marker) {
        String text = new String(output.out(), StandardCharsets.UTF_8);
        int start = text.lastIndexOf(marker);
        return start < 0 ? null : text.substring(start + marker.length());
    }

    /** Only our own line: what else stands there the application printed, and it may be secret. */
    private static String complaint(String text) {
        int start = text.lastIndexOf("rollcall-error: ");
        return start < 0 ? "it gave no answer" : Secrets.mask(text.substring(start + "rollcall-error: ".length()));
    }

    private static NoWayIn failed(Worker worker, String cause) {
        return new NoWayIn(Finding.warning(
                "APPLICATION_NOT_ASKED",
                "tried to ask the application of " + worker + " for its broker but " + cause,
                "give the broker's URL in Rollcall's configuration"));
    }

    private static String script() {
        try (InputStream in = Application.class.getResourceAsStream("ask_application.py")) {
            if (in == null) {
                throw new IllegalStateException("ask_application.py is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("ask_application.py cannot be read from the jar", e);
        }
    }
}
