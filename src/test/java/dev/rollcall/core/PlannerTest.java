package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden plans: each file says what was found and what is to be planned. Keys that a file leaves out have the defaults below. */
class PlannerTest {
    private static final Path FOLDER = Path.of("src/test/resources/plans");
    private static final Map<String, Object> NODE = Map.of("pool", "prefork", "answered", true, "orphan", false);
    private static final Map<String, Object> PROGRAM =
            Map.of("state", "RUNNING", "autostart", true, "stop_signal", "TERM");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_plan_is_the_golden_one(String file) throws IOException {
        JsonNode golden = Json.MAPPER.readTree(FOLDER.resolve(file).toFile());
        assertThat(Json.pretty(plan(golden))).isEqualTo(Json.pretty(golden.get("plan")));
    }

    @Test
    void there_are_golden_plans() throws IOException {
        assertThat(files()).hasSizeGreaterThan(9);
    }

    private static JsonNode plan(JsonNode golden) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode node : golden.path("nodes")) {
            nodes.add(read(node, NODE, Node.class));
        }
        List<Bystander> bystanders = new ArrayList<>();
        for (JsonNode other : golden.path("bystanders")) {
            bystanders.add(read(other, Map.of(), Bystander.class));
        }
        List<Program> programs = new ArrayList<>();
        for (JsonNode program : golden.path("programs")) {
            programs.add(read(program, PROGRAM, Program.class));
        }
        Roll roll = Rolls.roll(golden.path("remote_control").asText("redis"), nodes, bystanders);
        Roll seen = golden.path("supervisord_runs").asBoolean(true) ? roll : down(roll);
        return Json.MAPPER.valueToTree(Planner.plan(seen, programs, exposed(golden, bystanders), options(golden)));
    }

    private static Exposure exposed(JsonNode golden, List<Bystander> bystanders) {
        Map<String, List<Bystander>> exposed = new HashMap<>();
        golden.path("exposed").fields().forEachRemaining(e -> {
            List<Long> pids = new ArrayList<>();
            e.getValue().forEach(pid -> pids.add(pid.asLong()));
            exposed.put(
                    e.getKey(),
                    bystanders.stream().filter(b -> pids.contains(b.pid())).toList());
        });
        return new Exposure(exposed, "", List.of(), Map.of());
    }

    private static Options options(JsonNode golden) {
        Options d = Options.DEFAULTS;
        return new Options(
                d.target(),
                d.conf(),
                d.scope(),
                d.programs(),
                d.drain(),
                d.stopTimeout(),
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                golden.path("options").path("require_answers").asBoolean(),
                golden.path("options").path("allow_bystander_loss").asBoolean(),
                d.token(),
                d.pidfile(),
                false);
    }

    private static Roll down(Roll r) {
        return new Roll(
                r.takenAt(),
                r.host(),
                r.bootId(),
                null,
                r.expectedNodes(),
                r.answeredNodes(),
                r.remoteControl(),
                r.nodes(),
                r.bystanders());
    }

    private static <T> T read(JsonNode given, Map<String, Object> defaults, Class<T> type) throws IOException {
        ObjectNode whole = Json.MAPPER.valueToTree(defaults);
        whole.setAll((ObjectNode) given);
        for (String list : List.of("processes", "tasks")) {
            if (type.equals(Node.class) && !whole.has(list)) {
                whole.putArray(list);
            }
        }
        return Json.MAPPER.treeToValue(whole, type);
    }
}
