package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;

/** The values of a program that are the same for all its processes; reading them checks those too that only supervisord needs. */
record ProgramSettings(
        int priority,
        boolean autostart,
        int stopWaitSecs,
        String stopSignal,
        boolean stopAsGroup,
        boolean killAsGroup) {

    static ProgramSettings read(Section section) throws ConfException {
        check(section);
        boolean stopAsGroup = section.value("stopasgroup", "false", Words::bool);
        boolean killAsGroup = section.value("killasgroup", String.valueOf(stopAsGroup), Words::bool);
        if (stopAsGroup && !killAsGroup) {
            throw section.refuse(
                    "killasgroup",
                    new BadValue("it is false while stopasgroup is true", "set it to true or remove it"));
        }
        return new ProgramSettings(
                section.value("priority", "999", Numbers::integer),
                section.value("autostart", "true", Words::bool),
                section.value("stopwaitsecs", "10", Numbers::integer),
                section.value("stopsignal", "TERM", Signals::parse),
                stopAsGroup,
                killAsGroup);
    }

    private static void check(Section section) throws ConfException {
        section.value("autorestart", Words::autorestart);
        section.value("startsecs", Numbers::integer);
        section.value("startretries", Numbers::integer);
        section.value("exitcodes", Numbers::exitCodes);
        section.value("redirect_stderr", Words::bool);
        for (String stream : new String[] {"stdout", "stderr"}) {
            section.value(stream + "_capture_maxbytes", Numbers::size);
            section.value(stream + "_events_enabled", Words::bool);
        }
        section.value("serverurl", Section.TEXT);
        section.value("user", Accounts::user);
        section.value("umask", Numbers::octal);
    }
}
