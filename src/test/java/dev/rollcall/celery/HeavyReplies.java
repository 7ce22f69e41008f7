package dev.rollcall.celery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers as large as an answer may be; as a program, to be run in little memory. */
final class HeavyReplies {
    private static final int ROOM = Json.LARGEST - 1_000;

    /** As long as the tickets of a round. */
    private static final String ACTIVE = "a".repeat(36);

    private static final String STATS = "s".repeat(36);
    private static final Map<String, String> MINE = Map.of(ACTIVE, Answers.ACTIVE, STATS, Answers.STATS);

    private HeavyReplies() {}

    static Map<String, byte[]> messages() {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        messages.put(
                "a large argument",
                encoded("{\"w@h\":[{\"id\":\"1\",\"args\":\"" + "x".repeat(ROOM * 3 / 4 - 300) + "\"}]}"));
        messages.put("empty arrays", plain("[", "[],"));
        messages.put("empty objects", plain("[", "{},"));
        messages.put("small objects", plain("[", "{\"id\":1},"));
        messages.put("numbers", plain("[", "7,"));
        messages.put(
                "small tasks",
                encoded(repeated(
                        "[", "{\"id\":\"1234\",\"name\":\"app.task\",\"worker_pid\":7},", ROOM * 3 / 4 - 300)));
        messages.put("tasks with arguments", encoded(repeated("[", task(), ROOM * 3 / 4 - 300)));
        messages.put("long words", encoded("{\"w@h\":[{\"id\":\"" + "x".repeat(ROOM * 3 / 4 - 300) + "\"}]}"));
        messages.put(
                "pids",
                named(
                        STATS,
                        "{\\\"w@h\\\":{\\\"pid\\\":7,\\\"pool\\\":{\\\"processes\\\":["
                                + "123456,".repeat(ROOM / 7 - 20) + "1]}}}"));
        messages.put("nodes", named(ACTIVE, nodes()));
        messages.put("nesting", plain("[", "[".repeat(1000)));
        messages.put(
                "long digits", named(ACTIVE, "{\\\"w@h\\\":[{\\\"worker_pid\\\":" + "9".repeat(ROOM - 300) + "}]}"));
        return messages;
    }

    /** Of Celery 5.4, with arguments that take most of it. */
    static String task() {
        return "{\"id\":\"0b6c5b3e-7b0e-4a0e-9c3a-2f6f4b9f1d11\",\"name\":\"app.tasks.send\",\"args\":[\""
                + "a".repeat(300)
                + "\"],\"kwargs\":{\"to\":{\"b\":[1,2,3]}},\"type\":\"app.tasks.send\",\"hostname\":\"w@h\",\"time_start\":1700000000.5,"
                + "\"acknowledged\":true,\"delivery_info\":{\"exchange\":\"\",\"routing_key\":\"celery\",\"priority\":0,"
                + "\"redelivered\":false},\"worker_pid\":4242},";
    }

    private static String nodes() {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; body.length() < ROOM - 100; i++) {
            body.append("\\\"w").append(i).append("\\\":[],");
        }
        return body.append("\\\"x\\\":[]}").toString();
    }

    private static byte[] plain(String open, String item) {
        return named(
                ACTIVE,
                repeated(open, item, (int) ((ROOM - 300L)
                                * item.length()
                                / item.replace("\"", "xx").length()))
                        .replace("\"", "\\\""));
    }

    private static String repeated(String open, String item, int length) {
        return "{\"w@h\":" + open + item.repeat(Math.max(1, length / item.length())) + "{}]}";
    }

    private static byte[] named(String ticket, String escaped) {
        return ("{\"headers\":{\"ticket\":\"" + ticket + "\"},\"content-type\":\"application/json\",\"body\":\""
                        + escaped + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] encoded(String body) {
        String text = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.US_ASCII));
        return ("{\"headers\":{\"ticket\":\"" + ACTIVE
                        + "\"},\"content-type\":\"application/json\",\"properties\":{\"body_encoding\":\"base64\"},"
                        + "\"body\":\"" + text + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Each file of a folder as what so many nodes answer, as many together as are fetched at once. */
    public static void main(String[] args) throws IOException {
        int nodes = Integer.parseInt(args[1]);
        try (DirectoryStream<Path> messages = Files.newDirectoryStream(Path.of(args[0]))) {
            for (Path message : messages) {
                String one = Envelope.unwrap(Files.readAllBytes(message), MINE)
                        .getClass()
                        .getSimpleName();
                System.out.println(message.getFileName() + "|" + one + "|" + all(message, nodes));
            }
        }
    }

    private static String all(Path message, int nodes) throws IOException {
        Findings findings = new Findings();
        Inquiry inquiry = new Inquiry(Set.of(1L));
        for (int node = 0; node < nodes; node += RedisRemoteControl.BATCH) {
            Round round = new Round(inquiry, findings);
            List<byte[]> batch = new ArrayList<>();
            for (int i = 0; i < RedisRemoteControl.BATCH; i++) {
                batch.add(inRound(Files.readAllBytes(message), round));
            }
            batch.forEach(round::take);
        }
        return inquiry.replies().isEmpty() && findings.list().isEmpty() ? "silence" : "told";
    }

    private static byte[] inRound(byte[] message, Round round) {
        String head = new String(message, 0, 100, StandardCharsets.US_ASCII);
        boolean stats = head.contains(STATS);
        String ticket = (stats ? round.stats(Naming.USUAL, "oid") : round.active(Naming.USUAL, "oid")).ticket();
        byte[] bytes = ticket.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, message, head.indexOf(stats ? STATS : ACTIVE), bytes.length);
        return message;
    }
}
