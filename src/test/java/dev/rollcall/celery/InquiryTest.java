package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Reply;
import dev.rollcall.core.Reply.Active;
import dev.rollcall.core.Reply.Failed;
import dev.rollcall.core.Reply.Stats;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InquiryTest {
    @Test
    void it_is_satisfied_when_every_expected_process_has_answered_both() {
        Inquiry inquiry = new Inquiry(Set.of(1L));
        inquiry.heard(List.of(stats("a@h", 1)));
        assertThat(inquiry.satisfied()).isFalse();
        inquiry.heard(List.of(new Active("a@h", List.of())));
        assertThat(inquiry.satisfied()).isTrue();
    }

    @Test
    void twins_must_both_have_told_their_tasks() {
        Inquiry inquiry = new Inquiry(Set.of(1L));
        inquiry.heard(List.of(stats("a@h", 1), stats("a@h", 2), new Active("a@h", List.of())));
        assertThat(inquiry.satisfied()).isFalse();
        inquiry.heard(List.of(new Active("a@h", List.of())));
        assertThat(inquiry.satisfied()).isTrue();
    }

    @Test
    void a_twin_that_could_not_say_what_it_is_does_not_stand_for_the_tasks_of_the_other() {
        Inquiry inquiry = new Inquiry(Set.of(1L));
        inquiry.heard(List.of(stats("a@h", 1), new Failed("a@h", "stats", "broken"), new Active("a@h", List.of())));
        assertThat(inquiry.satisfied()).isFalse();
        inquiry.heard(List.of(new Active("a@h", List.of())));
        assertThat(inquiry.satisfied()).isTrue();
    }

    @Test
    void a_failure_is_an_answer_and_a_stranger_is_none() {
        Inquiry inquiry = new Inquiry(Set.of(1L));
        inquiry.heard(List.of(stats("b@other", 9), new Active("b@other", List.of())));
        assertThat(inquiry.satisfied()).isFalse();
        inquiry.heard(List.of(stats("a@h", 1), new Failed("a@h", "active", "broken")));
        assertThat(inquiry.satisfied()).isTrue();
    }

    @Test
    void without_expectations_all_who_listen_are_waited_for() {
        assertThat(new Inquiry(Set.of()).satisfied()).isFalse();
    }

    private static Reply stats(String node, long pid) {
        return new Stats(node, pid, null, List.of());
    }
}
