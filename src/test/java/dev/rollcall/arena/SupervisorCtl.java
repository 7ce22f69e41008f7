package dev.rollcall.arena;

import java.io.IOException;

/** What an operator does by hand. */
public record SupervisorCtl(Folder folder, String id) {

    /** What it prints; its exit status is not an error here, {@code status} has many. */
    public String run(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 3];
        command[0] = "/usr/bin/supervisorctl";
        command[1] = "-c";
        command[2] = folder.conf().toString();
        System.arraycopy(words, 0, command, 3, words.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(Arena.MARKER, id);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return text;
    }

    public String stateOf(String program) throws IOException, InterruptedException {
        String[] words = run("status", program).strip().split("\\s+");
        return words.length > 1 ? words[1] : "";
    }
}
