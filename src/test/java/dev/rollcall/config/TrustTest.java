package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only root has something to lose. */
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class TrustTest {
    private Path folder;
    private Path file;

    @BeforeEach
    void write(@TempDir Path temporary) throws IOException {
        folder = temporary;
        for (String name : new String[] {"inbox", "routes"}) {
            rights(Files.createDirectory(folder.resolve(name)), "rwx------");
        }
        for (String name : new String[] {"token", "key", "hmac", "cert", "routes/a.camel.yaml"}) {
            rights(Files.writeString(folder.resolve(name), "x"), "rw-------");
        }
        file = folder.resolve("rollcall.yaml");
        Files.writeString(
                file,
                """
                triggers:
                  file: {inbox: inbox}
                  http:
                    token_file: token
                    cert_file: cert
                    key_file: key
                events:
                  webhook: {url: "http://h/", secret_file: hmac}
                routes_dir: routes
                """);
    }

    @Test
    void what_is_roots_alone_is_trusted() {
        assertThatCode(() -> ConfigFile.readWhole(Optional.of(file))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "inbox, rwxrwx---, 2",
        "inbox, rwx----w-, 2",
        "token, rw--w----, 4",
        "cert, rw-r--rw-, 5",
        "key, rw-----w-, 6",
        "hmac, rw-rw----, 8",
        "routes, rwxrwxr-x, 9",
        "routes/a.camel.yaml, rw-rw-r--, 9",
    })
    void what_others_may_write_is_refused_with_its_line(String name, String rights, int line) throws Exception {
        rights(folder.resolve(name), rights);
        assertThat(problem())
                .startsWith(file + ":" + line + ": ")
                .contains("tried to use " + folder.resolve(name) + " as ")
                .contains("others than root may write it; run: chown root");
    }

    @Test
    void in_a_container_uid_0_may_have_another_name_and_is_root_all_the_same() throws Exception {
        rights(folder.resolve("token"), "rw-rw----");
        System.setProperty("user.name", "app");
        try {
            assertThat(problem()).contains("others than root may write it");
        } finally {
            System.setProperty("user.name", "root");
        }
    }

    @ParameterizedTest
    @CsvSource({"token", "key", "hmac"})
    void a_secret_that_everybody_may_read_is_refused(String name) throws Exception {
        rights(folder.resolve(name), "rw-r--r--");
        assertThat(problem()).contains("as secret but everybody may read it; run: chmod o-r " + folder.resolve(name));
    }

    @ParameterizedTest
    @CsvSource({"token, rw-r-----", "cert, rw-r--r--", "inbox, rwxr-xr-x", "routes/a.camel.yaml, rw-r--r--"})
    void what_others_may_read_is_no_matter_else(String name, String rights) throws Exception {
        rights(folder.resolve(name), rights);
        assertThatCode(() -> ConfigFile.readWhole(Optional.of(file))).doesNotThrowAnyException();
    }

    @Test
    void a_file_of_another_user_is_refused() throws Exception {
        Files.setAttribute(folder.resolve("token"), "unix:uid", 65534);
        assertThat(problem()).contains("token as secret but others than root may write it");
    }

    /** Sticky keeps others from replacing what is ours; it does not keep them from dropping something. */
    @Test
    void a_sticky_inbox_is_no_excuse() throws Exception {
        Files.setAttribute(folder.resolve("inbox"), "unix:mode", 01777);
        assertThat(problem()).contains("inbox as inbox but others than root may write it");
    }

    /** Who may replace the link may replace the file. */
    @Test
    void the_folder_of_a_link_counts_too() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        rights(open, "rwxrwxrwx");
        Files.createSymbolicLink(open.resolve("link"), folder.resolve("token"));
        Files.writeString(file, "triggers: {http: {token_file: open/link}}");
        assertThat(problem()).contains("tried to use " + open + " as folder of the secret");
    }

    @Test
    void all_of_them_are_told_at_once() throws Exception {
        rights(folder.resolve("token"), "rw-rw-rw-");
        rights(folder.resolve("inbox"), "rwxrwxrwx");
        assertThat(problem().lines()).hasSize(3);
    }

    @Test
    void a_single_restart_does_not_mind() throws Exception {
        rights(folder.resolve("inbox"), "rwxrwxrwx");
        assertThat(ConfigFile.read(Optional.of(file)).triggers().inbox()).contains(folder.resolve("inbox"));
    }

    private String problem() {
        return catchThrowableOfType(UsageException.class, () -> ConfigFile.readWhole(Optional.of(file)))
                .getMessage();
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
