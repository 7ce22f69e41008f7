package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program with an entry point of its own says of itself, or what it leads to says. */
class ScriptTest {
    private static final String STUB = "#!/venv/bin/python\nimport sys\nfrom shop.cli import main\nsys.exit(main())\n";

    @TempDir
    Path root;

    private Path venv;
    private Path packages;
    private Path directory;

    @BeforeEach
    void layOut() throws IOException {
        venv = root.resolve("venv");
        packages = venv.resolve("lib/python3.11/site-packages");
        directory = root.resolve("srv");
        Files.createDirectories(directory);
        Files.createDirectories(root.resolve("proc/7"));
        Files.createSymbolicLink(root.resolve("proc/7/cwd"), directory);
        write(venv.resolve("bin/shop"), STUB);
    }

    @Test
    void a_script_mentions_what_stands_in_it() throws IOException {
        write(directory.resolve("run.py"), "import celery");
        assertThat(mentions("celery", "python", "run.py")).isTrue();
        assertThat(mentions("celery", "python", "-u", "run.py", "-q")).isTrue();
        assertThat(mentions("worker_main", "python", "run.py")).isFalse();
        assertThat(mentions("celery", "python", "other.py")).isFalse();
        assertThat(mentions("celery")).isFalse();
    }

    @Test
    void the_stub_of_a_console_script_mentions_what_the_module_does_that_it_imports() throws IOException {
        assertThat(mentionsStub("celery")).isFalse();
        write(packages.resolve("shop/cli.py"), "from celery import Celery");
        assertThat(mentionsStub("celery")).isTrue();
    }

    @Test
    void a_stub_mentions_what_a_module_does_that_it_imports_from_a_package() throws IOException {
        write(directory.resolve("run.py"), "from shop import queue\nqueue.main()");
        write(directory.resolve("shop/queue.py"), "app.worker_main()");
        assertThat(mentions("worker_main", "python", "run.py")).isTrue();
    }

    /** A server of the same project imports the same modules. */
    @Test
    void a_script_that_is_no_stub_speaks_for_itself() throws IOException {
        write(directory.resolve("shop.py"), "import celery");
        write(directory.resolve("run.py"), "import shop\n" + "# and more\n".repeat(300));
        assertThat(mentions("celery", "python", "run.py")).isFalse();
    }

    @Test
    void a_module_is_found_in_the_directory_on_the_path_and_among_the_packages() throws IOException {
        write(directory.resolve("here/worker.py"), "worker_main");
        write(root.resolve("more/there.py"), "worker_main");
        write(packages.resolve("far/__main__.py"), "worker_main");
        Files.writeString(root.resolve("proc/7/environ"), "A=1\0PYTHONPATH=/nowhere:../more\0B=2\0");
        String python = venv.resolve("bin/python").toString();
        assertThat(mentions("worker_main", python, "-m", "here.worker")).isTrue();
        assertThat(mentions("worker_main", python, "-u", "-m", "there")).isTrue();
        assertThat(mentions("worker_main", python, "-m", "far")).isTrue();
        assertThat(mentions("worker_main", python, "-m", "nowhere.at.all")).isFalse();
        assertThat(mentions("worker_main", python, "-m", "../more/there")).isFalse();
        assertThat(mentions("worker_main", python, "serve.py", "-m", "there")).isFalse();
        assertThat(mentions("worker_main", python, "-m")).isFalse();
    }

    /** {@code sentry run worker}: the modules that start the worker lie deep in the package. */
    @Test
    void a_console_script_that_is_told_to_be_a_worker_mentions_what_its_distribution_requires() throws IOException {
        requires("celery[redis] (>=5)");
        assertThat(mentionsStub("celery")).isTrue();
        assertThat(mentions("celery", stub("run", "web"))).isFalse();
    }

    @Test
    void what_a_distribution_does_not_need_is_not_mentioned() throws IOException {
        requires("celery-types");
        assertThat(mentionsStub("celery")).isFalse();
        requires("celery>=5 ; extra == 'queue'");
        assertThat(mentionsStub("celery")).isFalse();
    }

    private void requires(String what) throws IOException {
        write(
                packages.resolve("shop-1.dist-info/METADATA"),
                "Name: shop\nRequires-Dist: " + what + "\n\nIts celery is green.");
    }

    private boolean mentionsStub(String word) {
        return mentions(word, stub("run", "worker"));
    }

    private String[] stub(String... more) {
        return new String[] {
            venv.resolve("bin/python").toString(), venv.resolve("bin/shop").toString(), more[0], more[1]
        };
    }

    private boolean mentions(String word, String... argv) {
        ProcessEntry process = new ProcessEntry(7, 1, 1, 7, 7, 'S', 0, "/usr/bin/python3.11", List.of(argv), Map.of());
        return new Script(root.resolve("proc"), process).mentions(word);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
