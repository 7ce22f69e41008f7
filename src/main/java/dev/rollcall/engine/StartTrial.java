package dev.rollcall.engine;

import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Commands.Output;
import java.util.Optional;

/** Whether what starts supervisord works on this host at all: tried while there is still one that runs. */
record StartTrial(World world, Run run, Site site) {
    Optional<String> fault() {
        // a restart of programs alone starts no supervisord
        return run.request().options().scope().equals("programs")
                ? Optional.empty()
                : world.starter().trial(site.recipe()).flatMap(this::fault);
    }

    private Optional<String> fault(Command trial) {
        Output output = world.commands().run(trial);
        return output.exit() == 0
                ? Optional.empty()
                : Optional.of("tried how supervisord (" + site.recipe()
                        + ") would be started, without starting it, but that said, with exit code " + output.exit()
                        + ": "
                        + LastWords.oneLine(output.err())
                        + "; mend that (it takes a Python of 3.4 or later, such as /usr/bin/python3)");
    }
}
