package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Supervisor.ConfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison with supervisor does not show: our own words, addresses and what a program needs to start. */
class ConfReaderTest {
    @TempDir
    Path folder;

    @Test
    void a_refusal_names_file_section_key_cause_and_remedy() throws IOException {
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> read("[supervisord]\n[program:w]\ncommand=x %(ENV_BROKER)s\n"))
                .withMessage("tried to read command of [program:w] in " + conf()
                        + " but %(ENV_BROKER)s needs the variable BROKER, which supervisord's environment lacks; "
                        + "set BROKER or remove the expansion");
    }

    @Test
    void a_refusal_names_the_included_file() throws IOException {
        Path other = Files.writeString(folder.resolve("w.ini"), "[program:w]\ncommand=x\nstopsignal=FOO\n");
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> read("[supervisord]\n[include]\nfiles=*.ini\n"))
                .withMessageStartingWith(
                        "tried to read stopsignal of [program:w] in " + other + " but \"FOO\" is no signal; ");
    }

    @Test
    void all_files_that_were_read_are_named_and_those_that_were_passed_over_are_not() throws Exception {
        Path other = Files.writeString(folder.resolve("w.ini"), "");
        Files.createSymbolicLink(folder.resolve("gone.ini"), folder.resolve("nowhere"));
        Files.createDirectory(folder.resolve("d.ini"));
        assertThat(read("[supervisord]\n[include]\nfiles=*.ini w.ini\n").files())
                .containsExactly(conf().toString(), other.toString());
    }

    @Test
    void a_file_without_a_supervisord_section_is_refused() {
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> read("[program:w]\ncommand=x\n"))
                .withMessageContaining("it has no [supervisord] section");
    }

    @Test
    void a_missing_file_and_one_in_another_encoding_are_refused() throws IOException {
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> new XmlRpcSupervisor().read(conf(), Map.of()))
                .withMessageContaining("it does not exist");
        Files.write(conf(), new byte[] {'[', (byte) 0xe4, ']'});
        assertThatExceptionOfType(ConfException.class)
                .isThrownBy(() -> new XmlRpcSupervisor().read(conf(), Map.of()))
                .withMessageContaining("it is not UTF-8");
    }

    @Test
    void a_launch_knows_the_first_word_of_the_command_and_the_directory() throws Exception {
        SupervisorConf conf = read(
                "[supervisord]\n[group:g]\nprograms=w\n[program:w]\ncommand='/opt/my env/bin/celery' -A x\ndirectory=/opt\n");
        assertThat(conf.launches())
                .containsExactly(new SupervisorConf.Launch("g:w", "/opt/my env/bin/celery", "/opt", "/usr/bin:/bin"));
    }

    @Test
    void a_launch_has_the_path_of_its_environment_or_of_the_section_of_supervisord() throws Exception {
        SupervisorConf conf = read(
                "[supervisord]\nenvironment=PATH=/s\n[program:a]\ncommand=x\nenvironment=PATH=\"/a:%(ENV_PATH)s\"\n"
                        + "[program:b]\ncommand=x\n");
        assertThat(conf.launches()).extracting(SupervisorConf.Launch::path).containsExactly("/a:/s", "/s");
    }

    /** Celery's: a warm stop is a cold one by it. */
    @Test
    void a_launch_has_the_remapped_signal_of_its_environment_of_the_section_or_of_supervisord() throws Exception {
        String programs = "[program:a]\ncommand=x\nenvironment=REMAP_SIGTERM=SIGINT\n[program:b]\ncommand=x\n";
        Files.writeString(conf(), "[supervisord]\n" + programs);
        assertThat(new XmlRpcSupervisor()
                        .read(conf(), Map.of("REMAP_SIGTERM", "SIGQUIT"))
                        .launches())
                .extracting(SupervisorConf.Launch::remap)
                .containsExactly("SIGINT", "SIGQUIT");
        assertThat(read("[supervisord]\nenvironment=REMAP_SIGTERM=SIGQUIT\n" + programs)
                        .launches())
                .extracting(SupervisorConf.Launch::remap)
                .containsExactly("SIGINT", "SIGQUIT");
        assertThat(read("[supervisord]\n[program:a]\ncommand=x\n").launches())
                .extracting(SupervisorConf.Launch::remap)
                .containsExactly("");
    }

    @Test
    void without_any_path_a_launch_has_that_of_supervisor() throws Exception {
        Files.writeString(conf(), "[supervisord]\n[program:w]\ncommand=x\n");
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("PATH", ""))) {
            assertThat(new XmlRpcSupervisor().read(conf(), environment).launches())
                    .extracting(SupervisorConf.Launch::path)
                    .containsExactly("/bin:/usr/bin:/usr/local/bin");
        }
    }

    @Test
    void the_directory_that_a_daemon_goes_to_is_absolute() throws Exception {
        Files.writeString(conf(), "[supervisord]\ndirectory=.\n");
        assertThat(new XmlRpcSupervisor().read(conf(), Map.of("PWD", "/usr")).directory())
                .isEqualTo("/usr");
        assertThat(read("[supervisord]\n").directory()).isEmpty();
    }

    @Test
    void the_unix_socket_comes_first_and_nobody_listens_without_a_section() throws Exception {
        SupervisorConf conf =
                read("[supervisord]\n[inet_http_server]\nport=9001\n[unix_http_server]\nfile=/run/s.sock\n");
        assertThat(conf.servers())
                .containsExactly(
                        new ServerAddress("/run/s.sock", null, 0, "unix:///run/s.sock", null, null),
                        new ServerAddress(null, "localhost", 9001, "http://localhost:9001", null, null));
        assertThat(read("[supervisord]\n").server()).isEmpty();
    }

    @Test
    void a_hashed_password_gives_way_to_that_of_supervisorctl() throws Exception {
        String server = "[supervisord]\n[unix_http_server]\nfile=/s\nusername=u\npassword={SHA}82ab876d\n";
        ServerAddress address = read(server + "[supervisorctl]\npassword=thepassword\n")
                .servers()
                .get(0);
        assertThat(address.username()).isEqualTo("u");
        assertThat(address.password()).isEqualTo("thepassword");
        assertThat(read(server).servers().get(0).password()).isNull();
    }

    @Test
    void the_path_is_real_but_here_is_where_the_link_is() throws Exception {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(conf(), "[supervisord]\npidfile=%(here)s/pid\n");
        Path link = Files.createSymbolicLink(etc.resolve("s.conf"), conf());
        SupervisorConf read = new XmlRpcSupervisor().read(link, Map.of());
        assertThat(read.path()).isEqualTo(conf().toRealPath().toString());
        assertThat(read.pidfile()).isEqualTo(etc.resolve("pid").toString());
    }

    @Test
    void dots_after_a_link_lead_where_the_kernel_goes_but_here_is_where_the_words_go() throws Exception {
        Path releases = Files.createDirectories(folder.resolve("releases/7")).getParent();
        Files.writeString(releases.resolve("s.conf"), "[supervisord]\npidfile=%(here)s/pid\n");
        Path link = Files.createSymbolicLink(folder.resolve("current"), releases.resolve("7"));
        SupervisorConf read = new XmlRpcSupervisor().read(link.resolve("../s.conf"), Map.of());
        assertThat(read.path())
                .isEqualTo(releases.resolve("s.conf").toRealPath().toString());
        assertThat(read.pidfile()).isEqualTo(folder.resolve("pid").toString());
    }

    private SupervisorConf read(String text) throws IOException, ConfException {
        return new XmlRpcSupervisor().read(Files.writeString(conf(), text), Map.of("PATH", "/usr/bin:/bin"));
    }

    private Path conf() {
        return folder.resolve("supervisord.conf");
    }
}
