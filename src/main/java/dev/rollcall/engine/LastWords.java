package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Masked;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Path;

/** Where a supervisord that stays in the foreground writes its errors: a convenience, for want of which no start fails. */
final class LastWords {
    private static final int MOST = 500;
    private static final Path NOWHERE = Path.of("/dev/null");

    private LastWords() {}

    static Path file(Journal journal, Going going) {
        StartRecipe recipe = going.site().recipe();
        if (!recipe.foreground() || !recipe.unit().isEmpty()) {
            return NOWHERE;
        }
        Run run = going.run();
        try {
            return journal.errors(run.request().options().target());
        } catch (JournalException e) {
            tell(run, e);
            return NOWHERE;
        }
    }

    /** What a program said on stderr, for a sentence. */
    static String oneLine(String text) {
        String line = Masked.text(text.strip()).replaceAll("\\s+", " ");
        return line.length() > MOST ? line.substring(line.length() - MOST) : line;
    }

    /** Once, however often the start is tried. */
    private static void tell(Run run, JournalException e) {
        Finding lost = Finding.warning(
                "OUTPUT_LOST", e.getMessage(), "supervisord is started all the same; what it writes to stderr is lost");
        if (!run.result().findings().contains(lost)) {
            run.found(lost);
        }
    }
}
