package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.RunLog;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that somebody looks at while they end. */
class HistoryTest {
    private static final String RUN = "20261124T103000Z-000001";
    private static final Event END = new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 9, null);

    @TempDir
    Path folder;

    private FileJournal journal;
    private Path conf;

    @BeforeEach
    void begin_a_run() throws Exception {
        journal = new FileJournal(folder.resolve("state"), Retention.DEFAULT);
        conf = Files.createFile(folder.resolve("supervisord.conf"));
        try (RunLog log = journal.begin(RUN, List.of(conf.toString()), List.of())) {
            log.append(Instant.EPOCH, new Event.Requested(Options.DEFAULTS, false, "cli", conf.toString(), "boot"));
            log.append(Instant.EPOCH, new Event.StepBegun(Step.SHUTDOWN));
        }
    }

    private void end() {
        try (RunLog log = journal.reopen(RUN).log()) {
            log.append(Instant.EPOCH, END);
        }
    }

    /** The run ends, and gives its lock back, right after somebody has read its journal. */
    private dev.rollcall.port.Journal endingWhenItsHolderIsAskedFor() {
        return (dev.rollcall.port.Journal) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {dev.rollcall.port.Journal.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("holder")) {
                        end();
                        return Optional.<Holder>empty();
                    }
                    return method.invoke(journal, given);
                });
    }

    @Test
    void one_that_ends_at_this_moment_was_not_cut_off() {
        assertThat(new History(endingWhenItsHolderIsAskedFor()).whole(RUN).outcome())
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void one_without_an_end_and_without_a_process_was() {
        assertThat(new History(journal).whole(RUN).outcome()).isEqualTo(Outcome.INTERRUPTED);
    }
}
