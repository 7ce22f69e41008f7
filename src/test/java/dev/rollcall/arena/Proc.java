package dev.rollcall.arena;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One process as {@code /proc} shows it; read independently of the product's own reader. */
public record Proc(
        long pid,
        long startTicks,
        char state,
        long ppid,
        long group,
        long session,
        List<String> command,
        Map<String, String> env) {

    /** Empty if there is no such process, or only its zombie. */
    public static Optional<Proc> read(long pid) {
        try {
            String stat = text(pid, "stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            char state = fields[0].charAt(0);
            return state == 'Z' || state == 'X' ? Optional.empty() : Optional.of(of(pid, fields));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Proc of(long pid, String[] stat) throws IOException {
        return new Proc(
                pid,
                Long.parseLong(stat[19]),
                stat[0].charAt(0),
                Long.parseLong(stat[1]),
                Long.parseLong(stat[2]),
                Long.parseLong(stat[3]),
                zeroSeparated(pid, "cmdline"),
                environment(pid));
    }

    /** Every living process that has this variable in its environment. */
    public static List<Proc> having(String variable, String value) {
        return all().filter(p -> value.equals(p.env().get(variable))).toList();
    }

    static Stream<Proc> all() {
        return pids().mapToObj(Proc::read).flatMap(Optional::stream);
    }

    /** In its command line, or in the address of its supervisord. */
    boolean mentions(String text) {
        String server = env.getOrDefault("SUPERVISOR_SERVER_URL", "");
        return server.contains(text) || command.stream().anyMatch(word -> word.contains(text));
    }

    /** Empty if there is no such process. */
    static String commandLine(long pid) {
        try {
            return String.join(" ", zeroSeparated(pid, "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    public static LongStream pids() {
        String[] names = Path.of("/proc").toFile().list();
        return Arrays.stream(names).filter(n -> n.matches("\\d+")).mapToLong(Long::parseLong);
    }

    /** Still there, and not another process under the same pid. */
    public boolean isAlive() {
        return read(pid).filter(now -> now.startTicks == startTicks).isPresent();
    }

    public boolean isCelery() {
        return command.contains("worker") && command.stream().anyMatch(word -> word.endsWith("celery"));
    }

    public boolean isSupervisord() {
        return command.stream().anyMatch(word -> word.endsWith("/supervisord"));
    }

    /** SIGKILL; the JDK compares the start time before it signals. */
    public void kill() {
        ProcessHandle.of(pid).filter(h -> isAlive()).ifPresent(ProcessHandle::destroyForcibly);
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }

    public Path workingDirectory() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
    }

    /** The value of a line of {@code status} or {@code limits} that starts with this label. */
    public String value(String file, String label) throws IOException {
        return text(pid, file)
                .lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** What its open descriptors point to. */
    public List<String> openFiles() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                files.add(Files.readSymbolicLink(descriptor).toString());
            }
        }
        return files;
    }

    private static Map<String, String> environment(long pid) throws IOException {
        Map<String, String> env = new HashMap<>();
        for (String pair : zeroSeparated(pid, "environ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                env.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return env;
    }

    private static List<String> zeroSeparated(long pid, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
        return List.of(new String(bytes, UTF_8).split("\0"));
    }

    private static String text(long pid, String file) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/" + file), ISO_8859_1);
    }
}
