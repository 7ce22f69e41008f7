package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any text as supervisord's configuration is read or refused with a sentence, in little time and memory. */
class AnyConfigurationTest {
    private static final String GOOD =
            """
            [unix_http_server]
            file=/tmp/s.sock   ; (the path)
            chmod=0700
            username=u
            password=p%%
            [inet_http_server]
            port=127.0.0.1:9001
            [supervisord]
            logfile=/tmp/s.log
            logfile_maxbytes=50MB
            pidfile=%(here)s/s.pid
            environment=FOO="a,b",BAR='%(ENV_A)s'
            [include]
            files = *.none conf.d/[a-c]*.ini
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
            [program:w]
            command=/bin/celery -A "x y" worker -n w%(process_num)02d@%%h
              --loglevel=info
            process_name=%(program_name)s_%(process_num)02d
            numprocs=3
            numprocs_start=1
            stopwaitsecs=600
            stopsignal=TERM
            exitcodes=0,2
            environment=A="%(ENV_A)s%(ENV_FOO)s"
            stdout_logfile=/tmp/%(program_name)s.log
            [group:g]
            programs=w
            priority=5
            [eventlistener:l]
            command=x
            events=TICK_5,PROCESS_STATE
            [fcgi-program:f]
            command=x
            socket=tcp://localhost:9002
            """;

    private static Path shared;

    @BeforeContainer
    static void place() throws IOException {
        shared = Files.createTempDirectory("any-configuration").resolve("supervisord.conf");
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.deleteIfExists(shared);
        Files.delete(shared.getParent());
    }

    @Property
    void a_piece_put_in(
            @ForAll("pieces") String piece, @ForAll @IntRange(max = 2000) int at, @ForAll @IntRange(max = 30) int cut)
            throws IOException {
        int from = at % GOOD.length();
        outcome(shared, GOOD.substring(0, from) + piece + GOOD.substring(Math.min(GOOD.length(), from + cut)));
    }

    @Property
    void lines_in_another_order(@ForAll("lines") List<String> lines) throws IOException {
        outcome(shared, "[supervisord]\n" + String.join("\n", lines));
    }

    @Property
    void a_value_that_is_something_else(@ForAll("keys") String line, @ForAll("values") String value)
            throws IOException {
        outcome(shared, GOOD.replace(line, line.substring(0, line.indexOf('=') + 1) + value));
    }

    @Property
    void any_text(@ForAll String text) throws IOException {
        outcome(shared, text);
    }

    @Property
    void any_glob_finds_or_refuses(@ForAll("globs") String glob) {
        assertThatCode(() -> IncludeGlob.find(shared.getParent(), glob)).doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(GOOD.lines().toList()).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(GOOD.lines().filter(line -> line.contains("=")).toList());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(pieces(), pieces().list().ofMaxSize(4).map(list -> String.join("", list)));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                " ",
                "\n",
                "\n ",
                "=",
                ":",
                "[",
                "]",
                "[]",
                "[x",
                ";",
                " ;",
                "#",
                "%",
                "%%",
                "%(",
                "%(here)s",
                "%(x)s",
                "%(process_num)c",
                "%(process_num)d",
                "%(ENV_BIG)s",
                "%(ENV_A)",
                "99999s",
                "-1",
                "0",
                "2147483647",
                "-2147483648",
                "99999999999999999999",
                "1e9",
                "0x10",
                "1_000",
                "\u0663",
                "\"",
                "'",
                ",",
                "A=",
                "\\",
                "~",
                "~nobody/x",
                "/",
                "\0",
                "\u001b[2J",
                "\ufeff",
                "\u2028",
                "\ud800",
                "root",
                "*",
                "[z-a]",
                "[!",
                "**",
                "?",
                "DEFAULT",
                "supervisord",
                "\r");
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of(
                        "*", "?", "[", "]", "!", "-", "^", "&&", "\\", "a", "z", "/", "..", ".", "s", "{", "}", "(",
                        "+", "$", "\0")
                .filter(piece -> !piece.equals("\0"))
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list))
                .filter(glob -> !glob.startsWith("/") && !glob.contains(".."));
    }

    /** Whatever is thrown but the typed refusal fails the test. */
    static String outcome(Path conf, String text) throws IOException {
        Files.write(conf, text.getBytes(StandardCharsets.UTF_8));
        String outcome = Bombs.outcome(conf, Bombs.ENVIRONMENT);
        assertThat(outcome).hasSizeLessThan(1_500);
        return outcome;
    }
}
