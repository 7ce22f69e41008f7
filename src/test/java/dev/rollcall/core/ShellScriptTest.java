package dev.rollcall.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a script says that it starts such a process. */
class ShellScriptTest {
    private static final List<String> WORKER = List.of("celery", "-A", "shop", "worker", "-n", "w1@h");
    private static final List<String> BEAT = List.of("/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "beat");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A shop worker -n w1@h",
                "#!/bin/sh\nset -e\n  exec celery -A shop worker -n w1@h 2>&1\n",
                "exec celery -A shop \\\n  worker --hostname=\"w1@%h\" -c $(nproc)",
                "exec \"$VENV/bin/celery\" -A \"${APP:-a b}\" worker",
                "exec $CELERY_BIN -A shop worker \"$@\"",
                "os.execvp('celery', ['celery', '-A', 'shop', 'worker'])",
            })
    void of_a_worker(String text) {
        assertThat(new ShellScript(text).starts(WORKER)).isTrue();
        assertThat(new ShellScript(text).starts(BEAT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery -A shop beat -s $FILE", "celery -A $APP beat $OPTIONS"})
    void of_a_scheduler(String text) {
        assertThat(new ShellScript(text).starts(BEAT)).isTrue();
        assertThat(new ShellScript(text).starts(List.of("[celery beat] -A shop beat -s f")))
                .isTrue();
        assertThat(new ShellScript(text).starts(WORKER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "exec gunicorn shop.wsgi --workers 4",
                "from celery import Celery\nrun(workers=4)",
                "# celery -A shop worker",
                "exec celery \"$@\"",
            })
    void of_none(String text) {
        assertThat(new ShellScript(text).starts(WORKER)).isFalse();
    }
}
