package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations that are small or legal as text and enormous once read; as a program, to be run in little memory. */
final class Bombs {
    private static final int MEGABYTE = 1_000_000;
    static final Map<String, String> ENVIRONMENT =
            Map.of("BIG", "x".repeat(100_000), "A", "x", "PWD", "/", "HOME", "/");

    private Bombs() {}

    static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a variable many times", program("command=" + "%(ENV_BIG)s".repeat(MEGABYTE / 11)));
        texts.put(
                "a variable in a variable",
                "[supervisord]\nenvironment=C=\"" + "%(ENV_BIG)s".repeat(100) + "\"\n[program:p]\ncommand="
                        + "%(ENV_C)s".repeat(100) + "\n");
        texts.put("a wide field many times", program("command=" + "%(ENV_A)99999s".repeat(MEGABYTE / 14)));
        texts.put("a wide number many times", program("command=" + "%(process_num)099999d".repeat(MEGABYTE / 21)));
        texts.put(
                "a long command of many processes",
                program("command=" + "x".repeat(20_000) + "%(process_num)d\n" + processes(100_000)));
        texts.put(
                "many processes many times",
                "[supervisord]\n"
                        + IntStream.range(0, 100)
                                .mapToObj(i -> "[program:p" + i + "]\ncommand=x\n" + processes(100_000) + "\n")
                                .collect(Collectors.joining()));
        texts.put(
                "doubling from process to process",
                program("command=x\nenvironment=A=\"%(ENV_A)s%(ENV_A)s\"\n" + processes(60)));
        texts.put("more processes than numbers", program("command=x\n" + processes(Integer.MAX_VALUE)));
        texts.put("itself many times", "[supervisord]\n[include]\nfiles=" + "*.conf ".repeat(50_000) + "\n");
        texts.put(
                "a large file many times",
                "[supervisord]\n;" + "x".repeat(MEGABYTE) + "\n[include]\nfiles=" + "*.conf ".repeat(2_000) + "\n");
        texts.put(
                "here many times", program("command=" + "%(here)s".repeat(MEGABYTE / 8) + "\n[include]\nfiles=none*"));
        texts.put("long digits", program("command=x\nstopwaitsecs=" + "1_".repeat(MEGABYTE / 2) + "1"));
        texts.put("long octal digits", program("command=x\numask=" + "0_".repeat(MEGABYTE / 2) + "0"));
        texts.put("long exit codes", program("command=x\nexitcodes=" + "1,".repeat(MEGABYTE / 2) + "1"));
        texts.put("quotations", program("command=x\nenvironment=A=" + "\"'".repeat(MEGABYTE / 2)));
        texts.put("pairs", program("command=x\nenvironment=" + "A=1,".repeat(MEGABYTE / 4)));
        texts.put("open parentheses", program("command=%" + "(".repeat(MEGABYTE)));
        texts.put("percent signs", program("command=" + "%%".repeat(MEGABYTE / 2)));
        texts.put("comments", program("command=" + ";#".repeat(MEGABYTE / 2)));
        texts.put("blanks", program("command=x" + " ".repeat(MEGABYTE) + "x"));
        texts.put("one long line", program("command=" + "x".repeat(MEGABYTE)));
        texts.put("one long word", "x".repeat(MEGABYTE));
        texts.put("continuation lines", program("command=x\n" + " x\n".repeat(MEGABYTE / 3)));
        texts.put(
                "sections",
                "[supervisord]\n"
                        + IntStream.range(0, 50_000)
                                .mapToObj(i -> "[x" + i + "]\n")
                                .collect(Collectors.joining()));
        texts.put("zeroes", "\0".repeat(MEGABYTE));
        return texts;
    }

    static String program(String lines) {
        return "[supervisord]\n[program:p]\n" + lines + "\n";
    }

    private static String processes(int count) {
        return "process_name=%(program_name)s%(process_num)d\nnumprocs=" + count;
    }

    static String outcome(Path conf, Map<String, String> environment) {
        try {
            return "read " + ConfReader.read(conf, environment).programs().size();
        } catch (ConfException e) {
            return "refused: " + e.getMessage();
        }
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (Map.Entry<String, String> bomb : texts().entrySet()) {
            Path conf = Files.writeString(folder.resolve("supervisord.conf"), bomb.getValue());
            long began = System.nanoTime();
            String outcome = outcome(conf, ENVIRONMENT);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            System.out.println(bomb.getKey() + "|" + took.toMillis() + "|" + outcome);
        }
    }
}
