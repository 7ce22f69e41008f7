package dev.rollcall.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.routes.BrokenRoute;
import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/routes.md says is in the jar can be used in a route of one's own, in a context as lean as ours; each of them once. */
class ListedPartsTest {
    private static final Map<String, String> TO = Map.ofEntries(
            entry("bean", "bean:mine?method=act"),
            entry("class", "class:java.util.ArrayList?method=size"),
            entry("direct", "direct:other"),
            entry("exec", "exec:/bin/true"),
            entry("file", "file:FOLDER/out"),
            entry("log", "log:x"),
            entry("mock", "mock:x"),
            entry("seda", "seda:x"),
            entry("stub", "stub:x"),
            entry("language", "language:simple:hello"),
            entry("validator", "validator:file:FOLDER/a.xsd"),
            entry("xslt", "xslt:file:FOLDER/a.xsl"),
            entry("dataformat", "dataformat:jackson:marshal"),
            entry("micrometer", "micrometer:counter:x"));

    private static final Map<String, String> FROM = Map.of(
            "timer", "timer:x?repeatCount=1",
            "scheduler", "scheduler:x",
            "quartz", "quartz:x?cron=0+0+3+*+*+?");

    private static final Map<String, String> EXPRESSIONS = Map.of(
            "simple", "simple: {expression: hello}",
            "constant", "constant: {expression: hello}",
            "header", "header: {expression: hook}",
            "exchangeProperty", "exchangeProperty: {expression: p}",
            "variable", "variable: {expression: v}",
            "tokenize", "tokenize: {token: ','}",
            "xpath", "xpath: {expression: /a}",
            "bean", "method: {ref: mine, method: act}",
            "ref", "ref: {expression: said}");

    private static final String XSD = "<schema xmlns='http://www.w3.org/2001/XMLSchema'><element name='a'/></schema>";
    private static final String XSL = "<stylesheet version='1.0' xmlns='http://www.w3.org/1999/XSL/Transform'/>";

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void place() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(folder.resolve("a.xsd"), XSD);
        Files.writeString(folder.resolve("a.xsl"), XSL);
    }

    static List<String> components() throws IOException {
        return listed("Components: (.*?)\\. ");
    }

    static List<String> languages() throws IOException {
        return listed("Languages: (.*?)\\. ");
    }

    private static List<String> listed(String sentence) throws IOException {
        String page = Files.readString(Path.of("docs/routes.md")).replace('\n', ' ');
        String names = Pattern.compile(sentence)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        return Arrays.asList(Pattern.compile("`([A-Za-z]+)`")
                .matcher(names)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("components")
    void a_component_can_be_used(String name) throws Exception {
        if (FROM.containsKey(name)) {
            write("from", FROM.get(name), "- to: {uri: 'log:x'}");
            assertStarts("from");
            return;
        }
        assertThat(TO).as("an example of each that the page lists").containsKey(name);
        String uri = TO.get(name).replace("FOLDER", folder.toString());
        write("hook", "direct:after-restart", "- to: {uri: '" + uri + "'}");
        write("other", "direct:other", "- to: {uri: 'log:x'}");
        assertDone();
        if (!name.equals("bean")) { // which is no bean of a run's
            assertThat(RouteTrial.hooks(new RouteFiles(Optional.of(routes)))).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_language_can_be_used(String name) throws Exception {
        assertThat(EXPRESSIONS).as("an example of each that the page lists").containsKey(name);
        write("hook", "direct:after-restart", "- setBody: {expression: {" + EXPRESSIONS.get(name) + "}}");
        assertDone();
    }

    @Test
    void the_data_format_can_be_used() throws Exception {
        write("hook", "direct:after-restart", "- marshal: {json: {library: Jackson}}");
        assertDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/", "vertx-http:http://127.0.0.1:1/", "netty-http:http://127.0.0.1:1/"})
    void there_is_no_http_client(String uri) throws IOException {
        write("hook", "direct:after-restart", "- to: {uri: '" + uri + "'}");
        assertThatThrownBy(() -> RouteTrial.hooks(new RouteFiles(Optional.of(routes))))
                .isInstanceOf(BrokenRoute.class)
                .hasMessageContaining("hook.camel.yaml:1");
    }

    private void assertStarts(String id) throws Exception {
        try (DefaultCamelContext context = started()) {
            assertThat(context.getRouteController().getRouteStatus(id)).isEqualTo(ServiceStatus.Started);
        }
    }

    private void assertDone() throws Exception {
        try (DefaultCamelContext context = started()) {
            Exchange sent = context.createProducerTemplate()
                    .send("direct:after-restart", ExchangePattern.InOnly, e -> e.getMessage()
                            .setBody("<a/>"));
            assertThat(sent.getException()).isNull();
        }
    }

    private DefaultCamelContext started() {
        DefaultCamelContext context = RouteFiles.lean();
        context.getRegistry().bind("mine", new RouteTrial.StandIn());
        context.build();
        context.getRegistry().bind("said", said(context));
        RouteFiles files = new RouteFiles(Optional.of(routes));
        files.loadOthers(context);
        files.build(context);
        return context;
    }

    private static Object said(CamelContext context) {
        return context.resolveLanguage("constant").createExpression("said");
    }

    private void write(String id, String from, String step) throws IOException {
        String text =
                """
                - route:
                    id: %s
                    from:
                      uri: '%s'
                      steps:
                        %s
                """;
        Files.writeString(routes.resolve(id + ".camel.yaml"), text.formatted(id, from, step));
    }
}
