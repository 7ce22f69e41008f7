package dev.rollcall.port;

import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A supervisord and its configuration. */
public interface Supervisor {
    /** How far a connection to supervisord got. */
    enum Reach {
        /** It answers. */
        UP,
        /** It answers that it is shutting down. */
        STOPPING,
        /** Nothing listens: no socket, a stale one, or a closed port. */
        ABSENT,
        /** Something listens and refuses us: rights or password. */
        DENIED,
        /** Something listens and does not speak, or not XML-RPC. */
        SILENT
    }

    /**
     * @param pid as supervisord itself says; 0 unless {@code reach} is UP
     * @param detail why it could not be reached, for a message; empty if UP
     */
    record Contact(Reach reach, long pid, String version, String detail) {
        public boolean up() {
            return reach == Reach.UP;
        }
    }

    /** The configuration cannot be read as supervisord would read it; the message names file, section and key. */
    final class ConfException extends Exception {
        private static final long serialVersionUID = 1L;

        public ConfException(String message) {
            super(message);
        }

        /** The sentence is always there. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Supervisord answered with a fault, or stopped answering in the middle. */
    final class RpcException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int fault;

        /** @param fault XML-RPC fault code; 0 if there was no answer */
        public RpcException(int fault, String message) {
            super(message);
            this.fault = fault;
        }

        public int fault() {
            return fault;
        }
    }

    /**
     * Reads supervisord.conf and its includes as supervisord would.
     *
     * @param environment that supervisord will get, for {@code %(ENV_x)s}
     */
    SupervisorConf read(Path conf, Map<String, String> environment) throws ConfException;

    /** Asks for state, pid and version. Never throws: not being there is an answer. */
    Contact contact(ServerAddress server);

    /** All programs as loaded, with their state; stopAsGroup is taken from {@code onDisk} where the names agree. */
    List<Program> programs(ServerAddress server, SupervisorConf onDisk) throws RpcException;

    /** Asks supervisord to shut down; returns when it has agreed, long before it is gone. */
    void shutdown(ServerAddress server) throws RpcException;

    /** Starts one program by its full name and does not wait. */
    void start(ServerAddress server, String program) throws RpcException;
}
