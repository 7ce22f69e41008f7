package dev.rollcall.core;

import static dev.rollcall.core.Host.CELERY;
import static dev.rollcall.core.Host.SUPERVISORD;
import static dev.rollcall.core.Host.row;
import static dev.rollcall.core.Host.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs that are no Celery and that a crash has left behind: spared, and named. */
class EarlierLifeTest {
    private static final Program WEB = Host.program("web", "web", 300, "/srv/web.py --port 80");

    private final Host host = Host.withWorker();

    @Test
    void a_program_that_leads_its_group_and_has_the_words_of_its_command() {
        host.add(left(500)).add(left(501).argv("/srv/web.py", "--port", "80"));
        assertThat(others()).containsExactly(500L, 501L);
    }

    @Test
    void a_shell_with_a_quoted_command_is_its_program_and_no_bystander() {
        Program shell = Host.program("sh", "sh", 400, "sh -c \"celery -A shop worker; true\"");
        host.add(row(500, 1)
                .session(55)
                .group(500)
                .argv("sh", "-c", "celery -A shop worker; true")
                .of(shell));
        Premises premises = host.premises(CELERY, shell);
        assertThat(premises.others()).extracting(ProcessEntry::pid).containsExactly(500L);
        assertThat(new Bystanders(premises, List.of()).list()).isEmpty();
    }

    @Test
    void not_one_with_other_words_or_fewer() {
        host.add(left(500).argv("python3", "/srv/web.py", "--port", "81"))
                .add(left(501).argv("80"));
        assertThat(others()).isEmpty();
    }

    @Test
    void not_one_that_does_not_lead_its_group_or_leads_its_session() {
        host.add(left(500).group(499)).add(left(501).leads());
        assertThat(others()).isEmpty();
    }

    @Test
    void not_one_of_now_or_of_another_supervisord() {
        host.add(row(300, SUPERVISORD)
                        .group(300)
                        .argv("python3", "/srv/web.py", "--port", "80")
                        .of(WEB))
                .add(row(700, 1).leads().argv("/usr/bin/python3", "/usr/bin/supervisord"))
                .add(row(500, 700)
                        .session(700)
                        .group(500)
                        .argv("python3", "/srv/web.py", "--port", "80")
                        .of(WEB));
        assertThat(others()).isEmpty();
    }

    @Test
    void not_a_worker_or_one_that_was_spared_before() {
        host.add(worker(500, 1).session(55).group(500)).add(left(600));
        ProcessIdentity known = new ProcessIdentity(600, 6000, Host.BOOT);
        assertThat(host.premises(SUPERVISORD, Set.of(known), CELERY, WEB).others())
                .isEmpty();
    }

    private static Host.Row left(long pid) {
        return row(pid, 1)
                .session(55)
                .group(pid)
                .argv("python3", "/srv/web.py", "--port", "80")
                .of(WEB);
    }

    private List<Long> others() {
        return host.premises(CELERY, WEB).others().stream()
                .map(ProcessEntry::pid)
                .toList();
    }
}
