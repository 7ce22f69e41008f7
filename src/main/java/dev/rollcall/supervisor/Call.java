package dev.rollcall.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A method to call. Written with loops, not streams: it is the first thing that a run sends, and streams take milliseconds to wake.
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
        List<String> structs = new ArrayList<>();
        for (Call call : calls) {
            structs.add(call.asStruct());
        }
        return new Call("system.multicall", List.of(array(structs)));
    }

    static String string(String text) {
        return "<string>" + Entities.escape(text) + "</string>";
    }

    static String bool(boolean value) {
        return "<boolean>" + (value ? 1 : 0) + "</boolean>";
    }

    byte[] xml() {
        StringBuilder xml = new StringBuilder("<?xml version='1.0'?><methodCall><methodName>");
        xml.append(method).append("</methodName><params>");
        for (String parameter : parameters) {
            xml.append("<param><value>").append(parameter).append("</value></param>");
        }
        return xml.append("</params></methodCall>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private String asStruct() {
        return "<struct>" + member("methodName", string(method)) + member("params", array(parameters)) + "</struct>";
    }

    private static String member(String name, String value) {
        return "<member><name>" + name + "</name><value>" + value + "</value></member>";
    }

    private static String array(List<String> values) {
        StringBuilder array = new StringBuilder("<array><data>");
        for (String value : values) {
            array.append("<value>").append(value).append("</value>");
        }
        return array.append("</data></array>").toString();
    }
}
