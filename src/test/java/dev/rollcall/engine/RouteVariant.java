package dev.rollcall.engine;

import dev.rollcall.routes.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The restart route with two neighbours swapped, or with one step left out. A refusal's way out goes with its step. */
record RouteVariant(String name, int firstWrong, List<List<Object>> units) {
    static final Path ROUTES = Path.of("routes/restart.camel.yaml");
    private static final int SHUTDOWN = 5;
    private static final int KILL = 6;

    static Stream<RouteVariant> all() throws IOException {
        List<List<Object>> right = right();
        Stream<RouteVariant> swapped = IntStream.range(0, right.size() - 1).mapToObj(i -> {
            List<List<Object>> units = new ArrayList<>(right);
            Collections.swap(units, i, i + 1);
            return new RouteVariant("swap " + i + " and " + (i + 1), i, units);
        });
        Stream<RouteVariant> shorter = IntStream.range(0, right.size()).mapToObj(i -> {
            List<List<Object>> units = new ArrayList<>(right);
            units.remove(i);
            return new RouteVariant("without " + i, i, units);
        });
        return Stream.concat(swapped, shorter);
    }

    boolean failsBeforeShutdown() {
        return firstWrong <= SHUTDOWN;
    }

    boolean failsBeforeKill() {
        return firstWrong <= KILL;
    }

    /** As a folder of a user's that replaces the packaged routes. */
    RouteFiles write(Path folder) throws IOException {
        Object yaml = read();
        steps(yaml).clear();
        units.forEach(steps(yaml)::addAll);
        String text = new Dump(DumpSettings.builder().build()).dumpToString(yaml);
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve(RouteFiles.RESTART), text);
        return new RouteFiles(Optional.of(routes));
    }

    private static List<List<Object>> right() throws IOException {
        List<List<Object>> units = new ArrayList<>();
        for (Object step : steps(read())) {
            if (step.toString().contains("direct:refused")) {
                units.get(units.size() - 1).add(step);
            } else {
                units.add(new ArrayList<>(List.of(step)));
            }
        }
        return units;
    }

    private static Object read() throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ROUTES));
    }

    @SuppressWarnings("unchecked") // YAML is maps and lists
    private static List<Object> steps(Object yaml) {
        for (Object entry : (List<Object>) yaml) {
            Map<String, Object> route =
                    (Map<String, Object>) ((Map<String, Object>) entry).getOrDefault("route", Map.of());
            if ("restart".equals(route.get("id"))) {
                return (List<Object>) ((Map<String, Object>) route.get("from")).get("steps");
            }
        }
        throw new IllegalStateException("there is no route restart");
    }

    @Override
    public String toString() {
        return name;
    }
}
