package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "celery -A proj -b redis://h/1 worker; proj; redis://h/1",
                "celery -A proj worker -b redis://h/1; proj; redis://h/1",
                "celery --app=proj --broker=redis://h/1 worker; proj; redis://h/1",
                "celery --app proj --broker redis://h/1 worker; proj; redis://h/1",
                "celery -Aproj -bredis://h/1 worker; proj; redis://h/1",
                "celery -A=proj -b=redis://h/1 worker; proj; redis://h/1",
                "python3 -m celery -A a -A b -b redis://x -b redis://y worker; b; redis://y",
                "python3 /usr/bin/celery -A pkg.mod:factory() worker --beat; pkg.mod:factory(); ''",
                "celery worker -A; ''; ''",
                "celery worker -n b@h --pool=solo; ''; ''",
            })
    void application_and_broker_are_found_however_they_are_written(String line, String app, String broker) {
        Arguments arguments = Arguments.of(List.of(line.split(" ")));
        assertThat(arguments.app().orElse("")).isEqualTo(app);
        assertThat(arguments.broker().orElse("")).isEqualTo(broker);
    }

    @Test
    void what_setproctitle_leaves_is_understood() {
        Arguments arguments =
                Arguments.of(List.of("[celeryd: w@vm:MainProcess] -active- (-A proj worker -b redis://h/2)"));
        assertThat(arguments.app()).contains("proj");
        assertThat(arguments.broker()).contains("redis://h/2");
    }

    @Test
    void celery_is_called_again_with_what_leads_to_the_application_and_never_with_the_broker() {
        List<String> argv =
                List.of("celery", "-b", "redis://:pw@h", "-A", "proj", "--workdir=/srv", "--config", "conf", "worker");
        assertThat(Arguments.of(argv).forCelery())
                .containsExactly("-A", "proj", "--config", "conf", "--workdir", "/srv");
    }

    @Test
    void nothing_at_all_says_nothing() {
        assertThat(Arguments.of(List.of()).forCelery()).isEmpty();
    }
}
