package dev.rollcall.cli;

import dev.rollcall.core.Result;
import dev.rollcall.core.Spared;
import java.util.Locale;

/** The last line in words. */
final class Conclusion {
    private Conclusion() {}

    static String of(Result result) {
        return switch (result.outcome()) {
            case SUCCEEDED -> succeeded(result);
            case PLANNED -> "A restart would go through; nothing has been touched.";
            case NOTHING_TO_DO -> "Nothing to do: this token has succeeded before.";
            case RUNNING -> "This run is under way.";
            case FAILED, REFUSED, INTERRUPTED -> result.outcome().word();
        };
    }

    private static String succeeded(Result result) {
        long bystanders = result.spared().stream()
                .filter(s -> s.reason() == Spared.Reason.BYSTANDER)
                .count();
        String attention = result.exitCode() == 5 ? "Up again, but look at the errors above" : "Up again";
        return String.format(
                Locale.ROOT,
                "%s after %.1f s down; %s killed, %s spared, %s.",
                attention,
                result.downtimeMs() / 1000.0,
                count(result.killed().size(), "leftover"),
                count(bystanders, "bystander"),
                count(result.interruptedTasks().size(), "interrupted task"));
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
