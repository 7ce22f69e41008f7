package dev.rollcall.supervisor;

import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a whole configuration in supervisord's own order, since what a section sets changes how later ones expand. */
final class ConfReader {
    private ConfReader() {}

    static SupervisorConf read(Path conf, Map<String, String> environment) throws ConfException {
        Source source = source(conf, environment);
        List<String> files = ConfFiles.load(source);
        source.require(
                source.ini().has(SupervisordSection.NAME),
                "it has no [supervisord] section",
                "add the section, it may be empty");
        SupervisordSection main = SupervisordSection.read(source);
        boolean extended = Interfaces.read(source);
        List<ProgramSection.Entry> entries = Groups.read(source, extended);
        return new SupervisorConf(
                realPath(conf),
                ServerSections.read(source),
                main.pidfile(),
                main.nodaemon(),
                main.directory(),
                entries.stream().map(ProgramSection.Entry::program).toList(),
                entries.stream().map(ProgramSection.Entry::launch).toList(),
                files);
    }

    private static Source source(Path conf, Map<String, String> environment) {
        Path file = conf.toAbsolutePath();
        Map<String, String> variables = new HashMap<>();
        environment.forEach((name, value) -> variables.put("ENV_" + name, value));
        // Not the real path: supervisord takes the folder of the link it was given, by its words alone.
        String here = Optional.ofNullable(file.normalize().getParent())
                .map(Path::toString)
                .orElse("/");
        return new Source(new Ini(), file.toString(), here, variables, new Places(environment), new Allowance());
    }

    private static String realPath(Path conf) throws ConfException {
        try {
            return conf.toRealPath().toString();
        } catch (IOException e) {
            ConfException refusal =
                    new ConfException("tried to resolve " + conf + " but it vanished while being read; try again");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
