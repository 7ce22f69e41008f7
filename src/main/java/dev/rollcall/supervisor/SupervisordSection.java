package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.Map;

/** The [supervisord] section: three values that we use and many that would keep supervisord from starting. */
record SupervisordSection(String pidfile, boolean nodaemon, String directory) {
    static final String NAME = "supervisord";

    /** Checks everything, then lets its {@code environment=} join the variables of later expansions. */
    static SupervisordSection read(Source source) throws ConfException {
        Section section = source.section(NAME);
        checkNumbers(section);
        checkPlaces(section, source.places());
        String directory = section.value("directory", source.places()::existingDirectory)
                .map(source.places()::absolute)
                .orElse("");
        String pidfile = section.value("pidfile", "supervisord.pid", source.places()::creatable);
        section.value("identifier", Section.TEXT);
        section.value("user", Accounts::user);
        boolean nodaemon = section.value("nodaemon", "false", Words::bool);
        for (String flag : new String[] {"silent", "nocleanup", "strip_ansi"}) {
            section.value(flag, Words::bool);
        }
        environment(section).forEach((name, value) -> source.variables().put("ENV_" + name, value));
        return new SupervisordSection(source.places().absolute(pidfile), nodaemon, directory);
    }

    private static void checkNumbers(Section section) throws ConfException {
        section.value("minfds", Numbers::integer);
        section.value("minprocs", Numbers::integer);
        section.value("umask", Numbers::octal);
        section.value("logfile_maxbytes", Numbers::size);
        section.value("logfile_backups", Numbers::integer);
        section.value("loglevel", Words::level);
    }

    private static void checkPlaces(Section section, Places places) throws ConfException {
        section.value("logfile", places::creatable);
        section.value("childlogdir", places::existingDirectory);
    }

    /** Supervisor expands this value twice, and only the second time with the host's name. */
    private static Map<String, String> environment(Section section) throws ConfException {
        String once = section.value("environment", "", Section.TEXT);
        section.define("host_node_name", HostName.node());
        return section.apply("environment", section.expand("environment", once), KeyValuePairs::parse);
    }
}
