package dev.rollcall.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks the installed supervisor and our reader what they make of the same files, so that tests can compare. */
final class Judge {
    /** What one of the two says; empty programs if it refuses. */
    record Verdict(boolean accepted, String reason, List<String> programs, String main) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path folder;
    private final Map<String, String> environment;

    Judge(Path folder) {
        this.folder = folder;
        this.environment = Map.of(
                "PWD", folder.toString(), "HOME", "/nowhere", "FOO", "foo", "PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
    }

    Verdict ours(Path conf) {
        try {
            SupervisorConf read = new XmlRpcSupervisor().read(conf, environment);
            String url = read.server().map(Object::toString).orElse("");
            return new Verdict(true, "", programs(read), main(read.pidfile(), read.nodaemon(), url));
        } catch (ConfException e) {
            return new Verdict(false, String.valueOf(e.getMessage()), List.of(), "");
        }
    }

    /** All at once: a start of Python takes longer than everything else here. */
    List<Verdict> theirs(List<Path> confs) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/python3", "-c", script()).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process python = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread feeder = new Thread(() -> feed(python, confs));
        feeder.start();
        List<Verdict> verdicts = new ArrayList<>();
        for (String line : new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            verdicts.add(verdict(JSON.readTree(line)));
        }
        feeder.join();
        return verdicts;
    }

    private static void feed(Process python, List<Path> confs) {
        String lines = confs.stream().map(Path::toString).collect(Collectors.joining("\n"));
        try (var out = python.getOutputStream()) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Verdict verdict(JsonNode json) {
        if (!json.get("accepted").asBoolean()) {
            return new Verdict(false, json.get("reason").asText(), List.of(), "");
        }
        List<String> programs = new ArrayList<>();
        json.get("programs").forEach(program -> programs.add(line(program)));
        String main = main(
                json.get("pidfile").asText(),
                json.get("nodaemon").asBoolean(),
                json.get("url").asText());
        return new Verdict(true, "", programs, main);
    }

    private static String line(JsonNode program) {
        List<String> values = new ArrayList<>();
        // Python shows all names and values where a directive has no name; ours does not spread the environment.
        program.elements()
                .forEachRemaining(value -> values.add(value.asText().replaceAll("\\{'.*'.*}", "{'here': '/...'}")));
        return String.join("|", values);
    }

    private static String line(Program it, SupervisorConf.Launch launch) {
        return Stream.of(
                        it.name(),
                        it.group(),
                        it.autostart(),
                        it.stopWaitSecs(),
                        it.stopSignal(),
                        it.killAsGroup(),
                        it.stopAsGroup(),
                        it.groupPriority(),
                        it.command(),
                        launch.directory(),
                        launch.path())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }

    private static String main(String pidfile, boolean nodaemon, String url) {
        return pidfile + "|" + nodaemon + "|" + url;
    }

    private static List<String> programs(SupervisorConf conf) {
        return IntStream.range(0, conf.programs().size())
                .mapToObj(i -> line(conf.programs().get(i), conf.launches().get(i)))
                .toList();
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(Judge.class.getResourceAsStream("judge.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
