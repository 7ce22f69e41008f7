package dev.rollcall.arena;

import java.util.stream.Collectors;

/**
 * The text of an arena's {@code supervisord.conf}.
 *
 * @param port of its server, if that has a password
 */
record Configuration(Folder folder, Surroundings surroundings, int port) {

    String text() {
        String programs = surroundings.programs.stream().map(Program::section).collect(Collectors.joining());
        return server() + supervisord() + "[rpcinterface:supervisor]\n"
                + "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n\n"
                + programs.replace(Program.APP, folder.app().toString());
    }

    private String server() {
        if (surroundings.serverPassword.isEmpty()) {
            String socket = "unix://" + folder.root() + "/s";
            return "[unix_http_server]\nfile=" + folder.root() + "/s\n\n[supervisorctl]\nserverurl=" + socket + "\n\n";
        }
        String account = "username=operator\npassword=" + surroundings.serverPassword + "\n\n";
        return "[inet_http_server]\nport=127.0.0.1:" + port + "\n" + account
                + "[supervisorctl]\nserverurl=http://127.0.0.1:" + port + "\n" + account;
    }

    /** A worker that is killed leaves its temporary folder behind, and one of a supervisord that was started anew has no TMPDIR but this. */
    private String supervisord() {
        return "[supervisord]\nlogfile=" + folder.root() + "/log/supervisord.log\npidfile=" + folder.root()
                + "/supervisord.pid\nchildlogdir=" + folder.root() + "/log\nenvironment=TMPDIR=\"" + folder.root()
                + "/log\"\n" + surroundings.supervisordLines + "\n";
    }
}
