package dev.rollcall.supervisor;

import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.RpcException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Answers as large as an answer may be; as a program, to be run in little memory. */
final class HeavyAnswers {
    private static final int ROOM = 16 * 1024 * 1024 - 2_000;

    private HeavyAnswers() {}

    static final String PROCESS =
            "<value><struct><member><name>description</name><value><string>pid 7, uptime 0:00:09</string></value></member>"
                    + "<member><name>pid</name><value><int>7</int></value></member><member><name>name</name><value><string>worker_01</string></value></member>"
                    + "<member><name>group</name><value><string>worker</string></value></member><member><name>statename</name><value><string>RUNNING</string></value></member>"
                    + "<member><name>state</name><value><int>20</int></value></member></struct></value>\n";

    static Map<String, Supplier<String>> bodies() {
        Map<String, Supplier<String>> bodies = new LinkedHashMap<>();
        bodies.put("empty values", () -> repeated("<value/>"));
        bodies.put("numbers", () -> repeated("<value><int>7</int></value>"));
        bodies.put("empty structs", () -> repeated("<value><struct></struct></value>"));
        bodies.put("processes", () -> repeated(PROCESS));
        bodies.put("one text", () -> "<value>" + "x".repeat(ROOM - 1_000) + "</value>");
        bodies.put("one text of wide characters", () -> "<value>" + "\u20ac".repeat((ROOM - 1_000) / 3) + "</value>");
        bodies.put("entities", () -> "<value>" + "&#8364;".repeat((ROOM - 1_000) / 7) + "</value>");
        bodies.put("comments", () -> "<value>" + "<!---->".repeat((ROOM - 1_000) / 7) + "</value>");
        bodies.put("comments between", () -> "<!---->".repeat((ROOM - 1_000) / 7));
        bodies.put(
                "members of one name",
                () -> "<value><struct>" + "<member><name>a</name><value/></member>".repeat((ROOM - 1_000) / 40)
                        + "</struct></value>");
        bodies.put("nesting", () -> "<value><array><data>".repeat(ROOM / 20));
        bodies.put("open tags", () -> "<".repeat(ROOM));
        bodies.put("ampersands", () -> "<value>" + "&".repeat(ROOM - 1_000));
        bodies.put("cdata", () -> "<value>" + "<![CDATA[]]>".repeat((ROOM - 1_000) / 12) + "</value>");
        return bodies;
    }

    private static String repeated(String value) {
        return "<value><array><data>" + value.repeat((ROOM - 1_000) / value.length()) + "</data></array></value>";
    }

    static HttpAnswer answer(String body) throws Malformed {
        byte[] bytes = ("HTTP/1.0 200 OK\r\n\r\n<methodResponse><params><param>" + body
                        + "</param></params></methodResponse>")
                .getBytes(StandardCharsets.UTF_8);
        HttpAnswer answer = new HttpAnswer();
        for (int at = 0; at < bytes.length; at += 32 * 1024) {
            answer.add(ByteBuffer.wrap(bytes, at, Math.min(32 * 1024, bytes.length - at)));
        }
        answer.finish();
        return answer;
    }

    static String outcome(HttpAnswer answer) {
        try {
            Value value = AnswerReader.read(answer.body());
            SupervisorConf none = new SupervisorConf("", List.of(), "", false, "", List.of(), List.of(), List.of());
            return "read "
                    + new ProgramTable(value.items(), none)
                            .programs(value.items())
                            .size();
        } catch (Malformed e) {
            return "malformed: " + e.getMessage();
        } catch (RpcException e) {
            return "fault";
        }
    }

    public static void main(String[] args) throws Malformed {
        for (Map.Entry<String, Supplier<String>> body : bodies().entrySet()) {
            HttpAnswer answer = answer(body.getValue().get());
            long began = System.nanoTime();
            String outcome = outcome(answer);
            System.out.println(body.getKey() + "|" + (System.nanoTime() - began) / 1_000_000 + "|" + outcome);
        }
    }
}
