package dev.rollcall.engine;

import dev.rollcall.port.Commands.Command;
import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecBinding;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.ExecResult;

/** Takes the command from the body alone: no header can change what is run. */
final class CommandBinding implements ExecBinding {
    @Override
    public ExecCommand readInput(Exchange exchange, ExecEndpoint endpoint) {
        return new BoundedCommand(exchange.getIn().getBody(Command.class));
    }

    @Override
    public void writeOutput(Exchange exchange, ExecResult result) {
        exchange.getMessage().setBody(((BoundedExecutor.Result) result).output());
    }
}
