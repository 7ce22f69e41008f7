package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CeleryCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A x worker",
                "celery worker -A x",
                "celery --app x -b redis:// worker",
                "celery --app=x -q worker -P solo",
                "python -m celery -A x worker",
                "/usr/bin/python3 /usr/bin/celery worker",
                "/usr/bin/python3 manage.py celery worker",
                "python manage.py celery worker -B",
                "celery --workdir /srv --config c --loader l --result-backend r worker",
            })
    void these_are_workers(String line) {
        assertThat(CeleryCommand.isWorker(words(line))).isTrue();
        assertThat(CeleryCommand.startsWorker(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/sh /srv/entry.sh python3 -m celery -A x worker",
                "timeout 3600 celery -A x worker",
                "sudo -u www celery -A x worker",
                "sh -c celery -A x worker",
                "env A=celery celery worker",
            })
    void a_wrapper_starts_a_worker_and_is_none(String line) {
        assertThat(CeleryCommand.isWorker(words(line))).isFalse();
        assertThat(CeleryCommand.startsWorker(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A worker beat",
                "celery -A x beat",
                "celery -A x inspect ping -d worker@h",
                "celery -A worker",
                "celery",
                "celery --app",
                "python worker.py celery",
                "celeryd worker",
                "mycelery worker",
                "vi celery/worker.py",
                "",
            })
    void these_are_none(String line) {
        assertThat(CeleryCommand.isWorker(words(line))).isFalse();
        assertThat(CeleryCommand.startsWorker(line)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "celery -A x worker, true",
        "/usr/bin/celery -A x beat, true",
        "python3 -m celery -A x worker, true",
        "celery -A x flower, false",
        "python3 run.py, false",
        "sh -c 'celery -A x worker', false",
        "env celery -A x worker, false",
    })
    void a_command_is_direct_if_no_shell_is_in_between(String command, boolean direct) {
        assertThat(CeleryCommand.isDirect(command)).isEqualTo(direct);
    }

    @Test
    void a_scheduler_is_celery_and_no_worker() {
        List<String> beat = words("celery -A x beat -n odd");
        assertThat(CeleryCommand.isBeat(beat)).isTrue();
        assertThat(CeleryCommand.isCelery(beat)).isTrue();
        assertThat(CeleryCommand.isWorker(beat)).isFalse();
        assertThat(CeleryCommand.nodeName(beat, "h")).isEqualTo("celery beat");
        assertThat(CeleryCommand.startedBy("sh -c 'celery -A x beat -n odd'", beat))
                .isTrue();
        assertThat(CeleryCommand.isCelery(words("celery -A x worker"))).isTrue();
        assertThat(CeleryCommand.isCelery(words("celery -A x flower"))).isFalse();
    }

    @Test
    void a_scheduler_is_known_by_its_title_too() {
        List<String> beat = List.of("[celery beat] -A x beat -s f");
        assertThat(CeleryCommand.isBeat(beat)).isTrue();
        assertThat(CeleryCommand.isCelery(beat)).isTrue();
        assertThat(CeleryCommand.isWorker(beat)).isFalse();
        assertThat(CeleryCommand.pool(beat)).isEqualTo("beat");
        assertThat(CeleryCommand.nodeName(beat, "h")).isEqualTo("celery beat");
        assertThat(CeleryCommand.startedBy("celery -A x beat -s f", beat)).isTrue();
        assertThat(CeleryCommand.startedBy("celery -A y beat -s f", beat)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[celery beat]",
                "[celery beat] -A x worker",
                "[celery beats] -A x beat",
                "[celery beat]-A x beat"
            })
    void these_titles_are_no_schedulers_of_their_own(String title) {
        assertThat(CeleryCommand.isCelery(List.of(title))).isFalse();
    }

    @Test
    void a_process_without_a_command_line_is_none() {
        assertThat(CeleryCommand.isWorker(List.of())).isFalse();
        assertThat(CeleryCommand.isTitled(List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'exec celery -A x worker'",
                "bash -c \"cd /srv && celery -A x worker -l info\"",
                "sh -c \"(celery -A x worker) & wait\"",
                "bash -c 'true;celery worker'",
            })
    void a_shell_around_a_worker_starts_one(String command) {
        assertThat(CeleryCommand.startsWorker(command)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "[celeryd: w@h:MainProcess] -active- (-A x worker), false",
        "[celeryd: w@h:ForkPoolWorker-1], true",
        "celery -A x worker, false",
    })
    void a_title_tells_main_from_pool(String title, boolean pool) {
        assertThat(CeleryCommand.isTitledPool(List.of(title))).isEqualTo(pool);
        assertThat(CeleryCommand.isTitled(List.of(title))).isEqualTo(title.startsWith("["));
        assertThat(CeleryCommand.isWorker(List.of(title))).isEqualTo(title.startsWith("["));
    }

    @ParameterizedTest
    @CsvSource({
        "celery -A x worker, prefork",
        "celery worker -P solo, solo",
        "celery worker -Pgevent, gevent",
        "celery worker --pool threads, threads",
        "celery worker --pool=eventlet, eventlet",
        "celery worker --pool, prefork",
        "celery worker -P, prefork",
        "celery beat -P solo, beat",
        "celery inspect -P solo, prefork",
    })
    void the_pool_is_what_was_asked_for(String line, String pool) {
        assertThat(CeleryCommand.pool(words(line))).isEqualTo(pool);
    }

    @ParameterizedTest
    @CsvSource({
        "prefork, true",
        "custom, true",
        "solo, false",
        "threads, false",
        "thread, false",
        "gevent, false",
        "eventlet, false"
    })
    void only_some_pools_are_processes(String pool, boolean processes) {
        assertThat(CeleryCommand.hasPoolProcesses(pool)).isEqualTo(processes);
    }

    @ParameterizedTest
    @CsvSource({
        "celery worker, celery@a.b.org",
        "celery worker -n w@%h, w@a.b.org",
        "celery worker -n w@%n, w@a",
        "celery worker --hostname=w@%d, w@b.org",
        "celery worker --hostname w@x, w@x",
        "celery worker -nw@x, w@x",
        "celery worker -n, celery@a.b.org",
        "celery worker --nothing -l info, celery@a.b.org",
        "[celeryd: w@h:MainProcess] (worker), w@h",
        "[celeryd: w, celery@a.b.org",
    })
    void the_name_is_what_was_given(String line, String name) {
        List<String> argv = line.startsWith("[") ? List.of(line) : words(line);
        assertThat(CeleryCommand.nodeName(argv, "a.b.org")).isEqualTo(name);
    }

    /** What Celery itself writes into its "ready" line for each of these. */
    @ParameterizedTest
    @CsvSource({
        "w1, celery@w1",
        "w.com, celery@w.com",
        "%n, celery@a",
        "%h, celery@a.b.org",
        "w1@, w1@a.b.org",
        "@x, celery@x",
        "'', celery@a.b.org",
        "a@b@c, a@b@c",
        "w%i%I@q, w0@q",
    })
    void a_name_without_at_is_the_host_and_what_is_missing_is_filled_in(String given, String name) {
        assertThat(CeleryCommand.nodeName(List.of("celery", "worker", "-n", given), "a.b.org"))
                .isEqualTo(name);
        assertThat(CeleryCommand.nodeName(List.of("celery", "worker", "--hostname=" + given), "a.b.org"))
                .isEqualTo(name);
    }

    @Test
    void a_domain_that_there_is_none_of_is_no_host() {
        assertThat(CeleryCommand.nodeName(words("celery worker -n %d"), "a")).isEqualTo("celery@a");
    }

    @Test
    void a_host_without_a_domain_has_itself_as_its_short_name() {
        assertThat(CeleryCommand.nodeName(words("celery worker -n %n.%d@x"), "a"))
                .isEqualTo("a.@x");
    }

    @Test
    void a_title_keeps_the_arguments() {
        List<String> title = List.of("[celeryd: w@h:MainProcess] -active- (-A x worker  -P solo)");
        assertThat(CeleryCommand.pool(title)).isEqualTo("solo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[celeryd: w@h:MainProcess] (beat -P solo)",
                "[celeryd: w@h:MainProcess] worker -P solo",
                "[celeryd: w@h:MainProcess] ) (worker -P solo",
                "[celeryd: w@h:MainProcess] (worker -P solo",
            })
    void a_title_without_a_workers_arguments_tells_no_pool(String title) {
        assertThat(CeleryCommand.pool(List.of(title))).isEqualTo("prefork");
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
