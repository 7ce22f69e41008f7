package dev.rollcall.supervisor;

import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The supervisord of this host, asked over its own XML-RPC interface; stateless, a connection a call. */
public final class XmlRpcSupervisor implements Supervisor {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int SHUTTING_DOWN = 6;
    private static final int UNKNOWN_METHOD = 1;

    private final Duration limit;

    public XmlRpcSupervisor() {
        this(LIMIT);
    }

    /** @param limit the longest that one call may take, connecting included */
    public XmlRpcSupervisor(Duration limit) {
        this.limit = limit;
    }

    @Override
    public SupervisorConf read(Path conf, Map<String, String> environment) throws ConfException {
        return ConfReader.read(conf, environment);
    }

    @Override
    public Contact contact(ServerAddress server) {
        try {
            List<Value> answers = new Rpc(server, limit)
                    .all(List.of(
                            Call.of("supervisor.getState"),
                            Call.of("supervisor.getPID"),
                            Call.of("supervisor.getSupervisorVersion")));
            return contact(answers);
        } catch (RpcException e) {
            return unusable(e);
        } catch (Unreachable e) {
            return new Contact(e.reach(), 0, "", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Program> programs(ServerAddress server, SupervisorConf onDisk) throws RpcException {
        List<Call> calls = List.of(Call.of("supervisor.getAllProcessInfo"), Call.of("supervisor.getAllConfigInfo"));
        List<Value> answers = ask(server, "list the programs of", rpc -> rpc.all(calls));
        return new ProgramTable(answers.get(1).items(), onDisk)
                .programs(answers.get(0).items());
    }

    /** A supervisord that is shutting down already answers with fault 6. */
    @Override
    public void shutdown(ServerAddress server) throws RpcException {
        ask(server, "shut down", rpc -> rpc.call(Call.of("supervisor.shutdown")));
    }

    @Override
    public void start(ServerAddress server, String program) throws RpcException {
        Call call = new Call("supervisor.startProcess", List.of(Call.string(program), Call.bool(false)));
        ask(server, "start " + program + " by", rpc -> rpc.call(call));
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(Rpc rpc) throws Unreachable, RpcException;
    }

    private <T> T ask(ServerAddress server, String verb, Question<T> question) throws RpcException {
        String tried = "tried to " + verb + " supervisord at " + server.url() + " but ";
        try {
            return question.of(new Rpc(server, limit));
        } catch (Unreachable e) {
            throw failure(0, tried + e.getMessage() + "; check that it runs and look at its log", e);
        } catch (RpcException e) {
            throw failure(e.fault(), tried + "it answered " + e.getMessage() + "; look at its log", e);
        }
    }

    private static RpcException failure(int fault, String message, Exception cause) {
        RpcException failure = new RpcException(fault, message);
        failure.initCause(cause);
        return failure;
    }

    private static Contact contact(List<Value> answers) {
        boolean running = answers.get(0).number("statecode").orElse(1) > 0;
        int pid = answers.get(1).text().flatMap(Numbers::find).orElse(0);
        String version = answers.get(2).text().orElse("");
        if (!running) {
            return new Contact(Reach.STOPPING, 0, version, "it is shutting down");
        }
        return pid > 0
                ? new Contact(Reach.UP, pid, version, "")
                : new Contact(Reach.SILENT, 0, version, "it does not tell its pid");
    }

    private static Contact unusable(RpcException fault) {
        if (fault.fault() == SHUTTING_DOWN) {
            return new Contact(Reach.STOPPING, 0, "", "it is shutting down");
        }
        String cause = fault.fault() == UNKNOWN_METHOD
                ? "it has no [rpcinterface:supervisor] section, so that nothing can be asked of it"
                : "it answers " + fault.getMessage();
        return new Contact(Reach.SILENT, 0, "", cause);
    }
}
