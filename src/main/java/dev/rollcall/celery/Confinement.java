package dev.rollcall.celery;

import dev.rollcall.core.Finding;
import dev.rollcall.port.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prepares commands that run code of the user's application: as the worker, where it is, and never with more rights than it has. */
final class Confinement {
    private static final List<String> SETPRIV = List.of("/usr/bin/setpriv", "/bin/setpriv", "/sbin/setpriv");

    /** A user's environment can name libraries to load: no program may see it that has not yet given up root's rights. */
    private static final String TAKE_ENVIRONMENT = "import json, os, sys;"
            + " os.execve(sys.argv[1], sys.argv[1:], json.loads(sys.stdin.buffer.read().decode()))";

    private final Worker worker;
    private final Map<String, String> own;

    Confinement(Worker worker) {
        this.worker = worker;
        this.own = Worker.self().status();
    }

    /** @param limit the longest it may run */
    Commands.Command confine(List<String> argv, Map<String, String> more, Duration limit) throws NoWayIn {
        Optional<Path> directory = worker.directory();
        if (directory.isEmpty() || worker.environment().isEmpty() || !sameFiles()) {
            throw refused("its directory, environment or file system cannot be seen from here");
        }
        List<String> rights = rights();
        if (!worker.stillThere()) {
            throw refused("it has ended");
        }
        Map<String, String> environment = environment(more);
        if (rights.isEmpty()) {
            return new Commands.Command(argv, environment, directory.get(), new byte[0], limit);
        }
        List<String> words = new ArrayList<>(rights);
        words.addAll(List.of(python(), "-I", "-S", "-c", TAKE_ENVIRONMENT));
        words.addAll(argv);
        return new Commands.Command(words, Map.of(), directory.get(), Json.bytes(environment), limit);
    }

    private String python() throws NoWayIn {
        return worker.interpreter()
                .orElseThrow(() -> refused("its Python cannot be told"))
                .toString();
    }

    /** In a container of its own the same paths name other files. */
    private boolean sameFiles() {
        Worker self = Worker.self();
        return worker.link("ns/mnt").equals(self.link("ns/mnt"))
                && worker.link("root").equals(self.link("root"));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(worker.environment());
        // by these marks a process counts as one of supervisord's
        environment.keySet().removeIf(name -> name.startsWith("SUPERVISOR_"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.putAll(more);
        return environment;
    }

    private List<String> rights() throws NoWayIn {
        Map<String, String> status = worker.status();
        String user = effective(status.getOrDefault("Uid", ""));
        String group = effective(status.getOrDefault("Gid", ""));
        if (user.isEmpty() || group.isEmpty()) {
            throw refused("it has ended");
        }
        if (status.getOrDefault("Uid", "").equals(own.get("Uid")) && sameCapabilities(status)) {
            return List.of();
        }
        if (!effective(own.get("Uid")).equals("0")) {
            throw refused("only root can run as user " + user);
        }
        return setpriv(user, group, status.getOrDefault("Groups", ""));
    }

    private boolean sameCapabilities(Map<String, String> status) {
        return status.getOrDefault("CapEff", "").equals(own.get("CapEff"));
    }

    private List<String> setpriv(String user, String group, String groups) throws NoWayIn {
        String program = SETPRIV.stream()
                .filter(p -> Files.isExecutable(Path.of(p)))
                .findFirst()
                .orElseThrow(() -> refused("setpriv is not installed"));
        String list = String.join(",", groups.strip().split("\\s+"));
        return List.of(
                program,
                "--reuid=" + user,
                "--regid=" + group,
                list.isEmpty() ? "--clear-groups" : "--groups=" + list,
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs",
                "--");
    }

    /** Of real, effective, saved and file system id. */
    private static String effective(@Nullable String ids) {
        String[] parts = ids == null ? new String[0] : ids.split("\\s+");
        return parts.length < 2 ? "" : parts[1];
    }

    private NoWayIn refused(String cause) {
        return new NoWayIn(Finding.warning(
                "APPLICATION_NOT_ASKED",
                "tried to ask the application of " + worker + " for its broker but " + cause,
                "give the broker's URL in Rollcall's configuration, or run Rollcall as root with setpriv installed"));
    }
}
