package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.port.Supervisor.ConfException;
import org.junit.jupiter.api.Test;

class IniReaderTest {
    private final Ini ini = new Ini();

    @Test
    void keys_are_lower_case_and_the_last_value_counts() throws ConfException {
        read("[a]\nKey=1\n[b]\nkey=2\n[a]\nkey: 3\n");
        assertThat(value("a", "key")).isEqualTo("3");
        assertThat(ini.sections()).containsExactly("a", "b");
    }

    @Test
    void deeper_lines_continue_a_value_and_comments_between_do_not_end_it() throws ConfException {
        read("[a]\nkey=1\n  2 ; gone\n; gone\n\n  3\n\n");
        assertThat(value("a", "key")).isEqualTo("1\n2\n\n3");
    }

    @Test
    void a_comment_needs_a_blank_before_it() throws ConfException {
        read("[a]\nkey=x;y#z ;c\nother=;kept\n");
        assertThat(value("a", "key")).isEqualTo("x;y#z");
        assertThat(value("a", "other")).isEqualTo(";kept");
    }

    @Test
    void defaults_show_in_every_section() throws ConfException {
        read("[DEFAULT]\nkey=d\n[a]\n");
        assertThat(value("a", "key")).isEqualTo("d");
        assertThat(ini.sections()).containsExactly("a");
    }

    @Test
    void here_is_fixed_for_what_was_read_so_far_only() throws Exception {
        read("[a]\nkey=%(here)s/x\n");
        ini.fixHere("/one");
        read("[b]\nkey=%(here)s/y\n");
        ini.fixHere("/two");
        assertThat(value("a", "key")).isEqualTo("/one/x");
        assertThat(value("b", "key")).isEqualTo("/two/y");
    }

    @Test
    void a_line_that_is_nothing_is_named_by_file_number_and_section() {
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> read("[a]\nkey=1\nnonsense\n"))
                .withMessage("tried to read x.conf but line 3 (in [a]) is neither [section] nor key=value; "
                        + "correct it or indent it to continue the value above");
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> read("key=1\n"))
                .withMessageContaining("line 1 stands before the first [section]");
    }

    private void read(String text) throws ConfException {
        IniReader.read(text, "x.conf", ini);
    }

    private String value(String section, String key) {
        return ini.get(section, key).orElseThrow().value();
    }
}
