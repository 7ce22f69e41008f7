package dev.rollcall.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method to call.
 *
 * @param parameters already as typed XML
 */
record Call(String method, List<String> parameters) {
    Call {
        parameters = List.copyOf(parameters);
    }

    static Call of(String method) {
        return new Call(method, List.of());
    }

    /** Several calls in one round trip. */
    static Call all(List<Call> calls) {
        return new Call("system.multicall", List.of(array(calls.stream().map(Call::asStruct))));
    }

    static String string(String text) {
        return "<string>" + Entities.escape(text) + "</string>";
    }

    static String bool(boolean value) {
        return "<boolean>" + (value ? 1 : 0) + "</boolean>";
    }

    byte[] xml() {
        String params = parameters.stream()
                .map(parameter -> "<param><value>" + parameter + "</value></param>")
                .collect(Collectors.joining("", "<params>", "</params>"));
        return ("<?xml version='1.0'?><methodCall><methodName>" + method + "</methodName>" + params + "</methodCall>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String asStruct() {
        return "<struct>" + member("methodName", string(method))
                + member("params", array(parameters.stream())) + "</struct>";
    }

    private static String member(String name, String value) {
        return "<member><name>" + name + "</name><value>" + value + "</value></member>";
    }

    private static String array(Stream<String> values) {
        return values.map(value -> "<value>" + value + "</value>")
                .collect(Collectors.joining("", "<array><data>", "</data></array>"));
    }
}
