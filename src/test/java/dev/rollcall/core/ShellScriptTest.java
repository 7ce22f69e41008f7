package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a script says that it starts a process with these words. */
class ShellScriptTest {
    private static final List<String> WORKER = List.of("celery", "-A", "shop", "worker", "-n", "w1@h", "-l", "info");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A shop worker -n w1@h -l info",
                "#!/bin/sh\nset -e\n  exec celery -A shop worker -n w1@h -l info 2>&1\n",
                "cd /srv/celery && exec /srv/venv/bin/celery -A shop worker -n 'w1@h' -l info; true",
                "exec celery -A shop worker \\\n  -n \"w1@h\" \\\n  -l info",
                "exec \"$VENV/bin/celery\" -A \"${APP}\" worker -n \"$NAME@h\" -l ${LEVEL:-info}",
                "celery -A shop worker $OPTIONS",
                "celery $OPTIONS worker $OPTIONS $NONE",
                "python3 -m celery -A shop worker -n `hostname` -l info",
            })
    void it_says_so(String text) {
        assertThat(new ShellScript(text).starts(WORKER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "exec gunicorn shop.wsgi",
                "# celery -A shop worker -n w1@h -l info",
                "exec celery \"$@\"",
                "celery -A shop worker -n w2@h -l info",
                "celery -A shop worker -n w1@h",
                "celery -A other worker $OPTIONS",
                "celery $OPTIONS -A other worker",
                "celery -A shop beat $OPTIONS",
                "celery -A shop worker -l $LEVEL",
                "celery multi start w1 -A shop",
                "celery -A shop worker -l info $OPTIONS",
            })
    void it_does_not(String text) {
        assertThat(new ShellScript(text).starts(WORKER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery -A shop beat -s $FILE", "celery -A $APP beat $OPTIONS"})
    void of_a_scheduler(String text) {
        List<String> beat = List.of("/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "beat", "-s", "f");
        assertThat(new ShellScript(text).starts(beat)).isTrue();
        assertThat(new ShellScript(text).starts(List.of("[celery beat] -A shop beat -s f")))
                .isTrue();
        assertThat(new ShellScript(text).starts(WORKER)).isFalse();
        assertThat(new ShellScript(text).starts(List.of("sleep", "9"))).isFalse();
    }
}
