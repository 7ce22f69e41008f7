package dev.rollcall.engine;

import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what is on disk now would start again: every command and directory that is needed exists. */
final class LaunchCheck {
    /** @param fatal a program that is up now would stay down */
    record Fault(String sentence, boolean fatal) {}

    private final Site site;

    LaunchCheck(Site site) {
        this.site = site;
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (SupervisorConf.Launch launch : site.conf().launches()) {
            boolean fatal = isNeeded(launch.program());
            String inFile = " in " + site.conf().path() + " but ";
            if (!launch.directory().isEmpty() && !Files.isDirectory(Path.of(launch.directory()))) {
                faults.add(new Fault(
                        "tried to check program " + launch.program() + inFile + "its directory " + launch.directory()
                                + " does not exist; create it or mend the file",
                        fatal));
            }
            if (!executable(launch)) {
                faults.add(new Fault(
                        "tried to check program " + launch.program() + inFile + "its command " + launch.executable()
                                + " does not exist or is not executable; install it or mend the file",
                        fatal));
            }
        }
        return faults;
    }

    private boolean isNeeded(String program) {
        Optional<Program> loaded = site.programs().stream()
                .filter(p -> p.fullName().equals(program))
                .findFirst();
        if (site.alive().isEmpty()) {
            return loaded.filter(Program::autostart).isPresent();
        }
        return loaded.map(Program::wanted).orElse(true);
    }

    /** As supervisor looks: a word with a slash is a path, any other is looked up on supervisord's own PATH. */
    private boolean executable(SupervisorConf.Launch launch) {
        String word = launch.executable();
        Path directory = Path.of(
                site.recipe().directory().isEmpty() ? "/" : site.recipe().directory());
        if (word.contains("/")) {
            return isExecutable(directory.resolve(word));
        }
        String path = site.recipe().text().getOrDefault("PATH", "/bin:/usr/bin:/usr/local/bin");
        for (String folder : path.split(":")) {
            if (isExecutable(directory.resolve(folder).resolve(word))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
