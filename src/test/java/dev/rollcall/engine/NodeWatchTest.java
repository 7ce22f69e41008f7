package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Node;
import dev.rollcall.core.ProcessIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
    private static final Node SILENT = new Node("w@h", "worker", 200, 1, "prefork", false, false, List.of(), List.of());

    private final NodeWatch watch = new NodeWatch(new ProcessIdentity(200, 1, "boot"), SILENT, 0);

    @Test
    void to_run_nothing_is_news_of_one_that_was_silent_and_a_run_that_is_cut_off_must_not_forget_it() {
        assertThat(watch.heard(SILENT.answering(List.of()), 1)).isTrue();
        assertThat(watch.heard(SILENT.answering(List.of()), 2)).isFalse();
    }

    @Test
    void three_silences_are_enough_and_being_there_breaks_them() {
        watch.silent();
        watch.silent();
        watch.heard(SILENT, 1);
        watch.silent();
        watch.silent();
        assertThat(watch.worthAsking()).isTrue();
        watch.silent();
        assertThat(watch.worthAsking()).isFalse();
    }
}
