package dev.rollcall.check;

import dev.rollcall.core.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether requests that are dropped can be taken, and moved away afterwards. */
final class InboxCheck {
    private static final String CODE = "INBOX_UNUSABLE";

    private InboxCheck() {}

    static List<Finding> findings(Path inbox) {
        if (!Files.isDirectory(inbox)) {
            String why = Files.exists(inbox) ? "it is no folder" : "it is not there";
            return List.of(trouble(inbox, why, "make it: mkdir -m 0755 " + inbox));
        }
        if (!Files.isReadable(inbox) || !Files.isWritable(inbox) || !Files.isExecutable(inbox)) {
            return List.of(trouble(inbox, "it may not be read and written", "run as its owner, or change its rights"));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : List.of("done", "failed")) {
            aside(inbox, inbox.resolve(name), findings);
        }
        if (findings.isEmpty()) {
            findings.add(Finding.info(
                    "INBOX", "requests are taken from " + inbox + " and move to done or failed in it", ""));
        }
        return findings;
    }

    /** A move to another file system is a copy that a crash can cut in the middle. */
    private static void aside(Path inbox, Path folder, List<Finding> findings) {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            findings.add(trouble(folder, "it is no folder that may be written", "remove it, or change its rights"));
            return;
        }
        try {
            if (!Files.getAttribute(inbox, "unix:dev").equals(Files.getAttribute(folder, "unix:dev"))) {
                findings.add(trouble(folder, "it is on another file system than the inbox", "put both on one"));
            }
        } catch (IOException e) {
            findings.add(trouble(folder, String.valueOf(e.getMessage()), "look at its rights"));
        }
    }

    private static Finding trouble(Path path, String why, String fix) {
        return Finding.error(CODE, "tried to check the inbox " + path + " but " + why, fix);
    }
}
