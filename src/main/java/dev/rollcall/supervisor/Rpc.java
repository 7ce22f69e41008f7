package dev.rollcall.supervisor;

import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.Reach;
import dev.rollcall.port.Supervisor.RpcException;
import java.time.Duration;
import java.util.List;

/** Calls methods of one supervisord; every outcome but an answer is an {@link Unreachable} or a fault. */
record Rpc(ServerAddress server, Duration limit) {
    Value call(Call call) throws Unreachable, RpcException {
        try {
            HttpAnswer answer = Exchange.run(Doors.address(server), HttpRequest.post(server, call.xml()), limit);
            refuse(answer.status());
            return AnswerReader.read(answer.body());
        } catch (Malformed e) {
            throw new Unreachable(Reach.SILENT, "its answer is not XML-RPC (" + e.getMessage() + ")");
        }
    }

    /**
     * One round trip for several calls; the first fault among the results is thrown. Supervisor, unlike other servers and its own
     * documentation, does not wrap each result in an array.
     */
    List<Value> all(List<Call> calls) throws Unreachable, RpcException {
        List<Value> results = call(Call.all(calls)).items();
        for (Value result : results) {
            if (result.member("faultCode").isPresent()) {
                throw AnswerReader.fault(result);
            }
        }
        if (results.size() != calls.size()) {
            throw new Unreachable(Reach.SILENT, "its answer does not fit what was asked");
        }
        return results;
    }

    private void refuse(int status) throws Unreachable {
        if (status == 401 || status == 403) {
            String cause = server.username() == null || server.password() == null
                    ? "it wants a username and a password"
                    : "it does not take the username and password of the configuration";
            throw new Unreachable(Reach.DENIED, cause);
        }
        if (status != 200) {
            throw new Unreachable(Reach.SILENT, "it answers with HTTP status " + status);
        }
    }
}
