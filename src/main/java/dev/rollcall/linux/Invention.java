package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A recipe for a supervisord that nobody has seen running: its unit, else the plain program as ourselves. */
final class Invention {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int UMASK = 022;

    private final Path root;
    private final Path proc;
    private final Systemd systemd;

    Invention(Path root, Path proc, Systemd systemd) {
        this.root = root;
        this.proc = proc;
        this.systemd = systemd;
    }

    Optional<StartRecipe> of(SupervisorConf conf, Path as) {
        String unit = systemd.manages() ? unit(conf, as) : "";
        // a unit knows where its program is, perhaps in a folder of its own
        Optional<String> program = unit.isEmpty() ? program() : program().or(() -> Optional.of("supervisord"));
        return program.map(found -> recipe(found, conf, as, unit));
    }

    /** A unit names the link that stays or the file behind it. */
    private String unit(SupervisorConf conf, Path as) {
        UnitFiles units = new UnitFiles(root);
        return units.naming(as.toString()).or(() -> units.naming(conf.path())).orElse("");
    }

    private Optional<String> program() {
        return Stream.of("usr/bin", "usr/local/bin", "usr/sbin", "usr/local/sbin", "opt/venv/bin")
                .map(folder -> root.resolve(folder).resolve("supervisord"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private StartRecipe recipe(String program, SupervisorConf conf, Path as, String unit) {
        StatusFile ours = ours();
        return new StartRecipe(
                List.of(program, "-c", as.toString()),
                "/",
                Map.of("PATH", PATH, "LANG", "C.UTF-8", "HOME", System.getProperty("user.home", "/")),
                ours.uid(),
                ours.gid(),
                ours.groups(),
                UMASK,
                Map.of(),
                conf.nodaemon(),
                "",
                unit);
    }

    private StatusFile ours() {
        try {
            return StatusFile.read(proc.resolve("self"));
        } catch (IOException e) {
            throw new UncheckedIOException("tried to read our user from " + proc + " but it failed; mount procfs", e);
        }
    }
}
