package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventionTest {
    private static final String DEFAULT = "/etc/supervisor/supervisord.conf";

    @TempDir
    private Path root;

    @Test
    void a_host_without_supervisord_has_no_recipe() {
        assertThat(invention().of(conf(DEFAULT), Path.of(DEFAULT))).isEmpty();
    }

    @Test
    void without_a_unit_the_program_is_run_with_that_configuration() throws IOException {
        Path program = program("usr/bin/supervisord");
        StartRecipe recipe = invention()
                .of(conf("/srv/releases/7/a.conf"), Path.of("/srv/a.conf"))
                .orElseThrow();
        assertThat(recipe.argv()).containsExactly(program.toString(), "-c", "/srv/a.conf");
        assertThat(recipe.unit()).isEmpty();
        assertThat(recipe.environment()).containsKey("PATH").doesNotContainKey("SECRET");
    }

    @Test
    void the_unit_that_names_the_configuration_is_found() throws IOException {
        unit("etc/systemd/system/app.service", "ExecStart=/srv/venv/bin/supervisord -n -c /srv/a.conf");
        unit("lib/systemd/system/supervisor.service", "ExecStart=/usr/bin/supervisord -n -c " + DEFAULT);
        assertThat(unitOf("/srv/a.conf")).isEqualTo("app.service");
        assertThat(unitOf(DEFAULT)).isEqualTo("supervisor.service");
    }

    @Test
    void a_unit_may_name_the_link_that_leads_to_the_configuration() throws IOException {
        unit("etc/systemd/system/app.service", "ExecStart=/srv/venv/bin/supervisord -n -c /srv/current/a.conf");
        assertThat(invention()
                        .of(conf("/srv/releases/7/a.conf"), Path.of("/srv/current/a.conf"))
                        .orElseThrow()
                        .unit())
                .isEqualTo("app.service");
    }

    @Test
    void a_unit_that_names_none_stands_for_the_default_file() throws IOException {
        unit("lib/systemd/system/supervisord.service", "ExecStart=/usr/bin/supervisord --nodaemon");
        program("usr/bin/supervisord");
        assertThat(unitOf(DEFAULT)).isEqualTo("supervisord.service");
        assertThat(unitOf("/srv/a.conf")).isEmpty();
    }

    @Test
    void a_masked_unit_starts_nothing() throws IOException {
        unit("lib/systemd/system/supervisor.service", "ExecStart=/usr/bin/supervisord -n -c " + DEFAULT);
        program("usr/bin/supervisord");
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createSymbolicLink(root.resolve("etc/systemd/system/supervisor.service"), Path.of("/dev/null"));
        assertThat(unitOf(DEFAULT)).isEmpty();
    }

    @Test
    void units_are_no_matter_where_systemd_does_not_run() throws IOException {
        unit("lib/systemd/system/supervisor.service", "ExecStart=/usr/bin/supervisord -n -c " + DEFAULT);
        program("usr/bin/supervisord");
        Systemd asleep = new Systemd(Path.of("/bin/true"), root.resolve("not-booted"));
        Invention invention = new Invention(root, ProcfsProcesses.PROC, asleep);
        assertThat(invention.of(conf(DEFAULT), Path.of(DEFAULT)).orElseThrow().unit())
                .isEmpty();
    }

    private String unitOf(String conf) {
        return invention().of(conf(conf), Path.of(conf)).orElseThrow().unit();
    }

    private Invention invention() {
        return new Invention(root, ProcfsProcesses.PROC, new Systemd(Path.of("/bin/true"), root));
    }

    private static SupervisorConf conf(String path) {
        return new SupervisorConf(path, List.of(), "/run/x.pid", false, "", List.of(), List.of(), List.of());
    }

    private void unit(String name, String line) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), "[Service]\n" + line + "\n");
    }

    private Path program(String name) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Path program = Files.writeString(root.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
