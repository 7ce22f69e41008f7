package dev.rollcall.core;

import java.util.List;
import java.util.Locale;

/**
 * What a program's script says, a shell's or another's that executes Celery. What it puts together from variables and quotes is not known, so it is asked
 * which kind of process it starts, not with which words.
 */
record ShellScript(String text) {

    boolean starts(List<String> argv) {
        String kind = CeleryCommand.isBeat(argv) ? CeleryCommand.BEAT : "worker";
        return text.replace("\\\n", " ")
                .lines()
                .filter(line -> !line.stripLeading().startsWith("#"))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.contains("celery") && line.contains(kind));
    }
}
