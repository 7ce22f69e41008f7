package dev.rollcall.trigger.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What machines look at from time to time. */
final class Observe {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private Observe() {}

    /** That it answers is the answer. */
    static Operation live() {
        return call -> {
            call.query().read(List.of());
            return state(true, new TreeMap<>());
        };
    }

    static Operation ready(Supplier<Health> health, BooleanSupplier stopping) {
        return call -> {
            call.query().read(List.of());
            Health now = health.get();
            SortedMap<String, String> checks = new TreeMap<>(now.checks());
            checks.put("http", stopping.getAsBoolean() ? "stopping" : "up");
            return state(now.ready() && !stopping.getAsBoolean(), checks);
        };
    }

    static Operation metrics(Supplier<String> prometheus) {
        return call -> Reply.of(200, PROMETHEUS, prometheus.get().getBytes(StandardCharsets.UTF_8));
    }

    private static Reply state(boolean up, SortedMap<String, String> checks) {
        return Reply.json(up ? 200 : 503, new State(up ? "up" : "down", checks));
    }

    /** In an order that stays, for people and scripts that read it line by line. */
    private record State(String status, Map<String, String> checks) {}
}
