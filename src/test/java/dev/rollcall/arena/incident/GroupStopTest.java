package dev.rollcall.arena.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.arena.Arena;
import dev.rollcall.arena.Proc;
import dev.rollcall.arena.Program;
import dev.rollcall.arena.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** supervisord's own stopasgroup, from Celery's sample configuration, killed what was to be spared. */
@Tag("arena")
class GroupStopTest {
    @Test
    void stopasgroupWithBystandersIsRefusedUnlessTheirLossIsAllowed() throws Exception {
        Program program = Program.celery("q").set("stopasgroup", "true").set("stopsignal", "TERM");
        try (Arena arena = Arena.of(program).open()) {
            Proc detached = arena.detached("detach", "child", 600);
            Before before = Before.of(arena);
            Untouched untouched = Untouched.since(arena);

            Run refused = arena.rollcall().run("restart");

            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.result().text("error/message")).contains("stopasgroup");
            untouched.assertStillButForTheRecord();

            Run allowed = arena.rollcall().run("restart", "--allow-bystander-loss");

            before.assertReplaced(allowed.result());
            assertThat(detached.isAlive()).as("lost, as was allowed").isFalse();
        }
    }
}
