package dev.rollcall.engine;

import dev.rollcall.port.Commands.Command;
import java.io.ByteArrayInputStream;
import java.util.Set;
import org.apache.camel.component.exec.ExecCommand;

/** A command on its way through camel-exec, with what camel-exec has no place for: environment, deadline, input. */
final class BoundedCommand extends ExecCommand {
    private static final long serialVersionUID = 1L;
    private final transient Command command;

    BoundedCommand(Command command) {
        super(
                command.argv().get(0),
                command.argv().subList(1, command.argv().size()),
                null,
                command.limit().toMillis(),
                // no exit code is an exception: callers read it
                Set.of(),
                new ByteArrayInputStream(command.input()),
                null,
                false,
                org.apache.camel.LoggingLevel.OFF);
        this.command = command;
    }

    Command command() {
        return command;
    }
}
