package dev.rollcall;

import dev.rollcall.cli.Rollcall;
import dev.rollcall.cli.VersionCommand;
import dev.rollcall.engine.HeadStart;
import dev.rollcall.trigger.events.EngineLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts the command line; the only place that catches everything. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        if (words.equals(List.of("--version")) || words.equals(List.of("-V"))) {
            System.out.println(VersionCommand.text());
            return;
        }
        if (words.equals(List.of("version", "--json"))) {
            // asked by every task of Ansible's, while a restart is beginning
            System.out.println(VersionCommand.json());
            return;
        }
        boolean verbose = words.contains("-v") || words.contains("--verbose");
        if (!words.isEmpty() && words.get(0).equals("serve")) {
            boolean json = String.join("=", words).contains("--log-format=json");
            System.Logger.Level level = verbose ? System.Logger.Level.DEBUG : System.Logger.Level.INFO;
            EngineLog.install(json ? EngineLog.Format.JSON : EngineLog.Format.TEXT, level);
        } else {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "off");
        }
        boolean runs = !words.isEmpty()
                && Set.of("restart", "plan", "roll", "resume", "check").contains(words.get(0));
        Optional<HeadStart> headStart = runs ? Optional.of(HeadStart.begin()) : Optional.empty();
        // what is left to do by Camel and its threads is not waited for: everything that matters is on disk
        Runtime.getRuntime().halt(run(args, verbose, headStart));
    }

    private static int run(String[] args, boolean verbose, Optional<HeadStart> headStart) {
        try {
            int code = Rollcall.commandLine(new Wiring(headStart), args).execute(args);
            System.out.flush();
            return code;
        } catch (Exception | LinkageError | OutOfMemoryError bug) {
            System.err.println("rollcall: internal error: " + bug + "; run it again with -v and report what it says");
            if (verbose) {
                bug.printStackTrace();
            }
            return 1;
        }
    }
}
