package dev.rollcall.trigger.http;

import dev.rollcall.config.Triggers;
import dev.rollcall.trigger.Intake;
import dev.rollcall.trigger.Part;
import dev.rollcall.trigger.Runs;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;

/** The engine over HTTP: the routes of the http section of {@code routes/triggers.camel.yaml}, and the server before them. */
public final class HttpTrigger implements Part {
    private static final String TEMPLATES = "http-";

    private final Triggers.Http http;
    private final Limits limits;
    private final Intake intake;
    private final Runs runs;
    private final Supplier<String> prometheus;
    private final Supplier<Health> health;
    private final Seats watchers;
    private final Seats plans;
    private volatile boolean stopping;
    private volatile int port;

    /**
     * @param prometheus the metrics, in Prometheus' text format
     * @param health of all parts
     */
    public HttpTrigger(
            Triggers.Http http, Intake intake, Runs runs, Supplier<String> prometheus, Supplier<Health> health) {
        this(http, Limits.USUAL, intake, runs, prometheus, health);
    }

    HttpTrigger(
            Triggers.Http http,
            Limits limits,
            Intake intake,
            Runs runs,
            Supplier<String> prometheus,
            Supplier<Health> health) {
        this.http = http;
        this.limits = limits;
        this.intake = intake;
        this.runs = runs;
        this.prometheus = prometheus;
        this.health = health;
        watchers = new Seats(limits.watchers());
        plans = new Seats(limits.plans());
    }

    @Override
    public void join(CamelContext context) throws Exception {
        Doorstep doorstep = Doorstep.of(http, limits);
        Server server = new Server(doorstep, limits);
        server.listen();
        context.addService(server, true, true); // from now on it goes with the context, started or not
        port = server.port();
        Gate gate = new Gate(new Admission(doorstep.token()), server.lines(), limits, context::isStarted);
        new Mount(context, server, gate).routes();
        bind(context, server.lines());
        for (String template : templates(context)) {
            TemplatedRouteBuilder.builder(context, template).routeId(template).add();
        }
    }

    private void bind(CamelContext context, Lines lines) {
        EventStream stream = new EventStream(runs, limits.stream());
        bind(context, lines, "acceptRun", new AcceptRun(intake, () -> stopping));
        bind(context, lines, "listRuns", new ListRuns(runs));
        bind(context, lines, "showRun", new ShowRun(runs));
        bind(context, lines, "watchRun", watchers.seated(new WatchRun(runs, stream)));
        bind(context, lines, "showRoll", plans.seated(ShowTarget.roll(runs)));
        bind(context, lines, "showPlan", plans.seated(ShowTarget.plan(runs)));
        bind(context, lines, "showLive", Observe.live());
        bind(context, lines, "showReady", Observe.ready(health, () -> stopping));
        bind(context, lines, "showMetrics", Observe.metrics(prometheus));
        bind(context, lines, "showApi", Resource.api());
        bind(context, lines, "showPage", Resource.page());
    }

    private static void bind(CamelContext context, Lines lines, String name, Operation operation) {
        context.getRegistry().bind(name, new Edge(operation, lines));
    }

    private static List<String> templates(CamelContext context) {
        return ((ModelCamelContext) context)
                .getRouteTemplateDefinitions().stream()
                        .map(t -> t.getId())
                        .filter(id -> id.startsWith(TEMPLATES))
                        .toList();
    }

    /** Where it listens; of use where the configuration leaves the choice to the system. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        stopping = true;
        watchers.close();
        plans.close();
    }
}
