package dev.rollcall.engine;

import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what is on disk now would start again: every command and directory that is needed exists. */
final class LaunchCheck {
    /** @param fatal a program that is up now would stay down */
    record Fault(String sentence, boolean fatal) {}

    private final Site site;
    private final Standpoint place;

    LaunchCheck(Site site) {
        this.site = site;
        this.place = site.standpoint();
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (SupervisorConf.Launch launch : site.conf().launches()) {
            if (!place.canEnter(launch.directory())) {
                faults.add(fault(launch, directoryTrouble(launch) + "; create it or mend the file"));
            }
            if (!executable(launch)) {
                faults.add(fault(launch, commandTrouble(launch) + "; install it or mend the file"));
            }
        }
        return faults;
    }

    private Fault fault(SupervisorConf.Launch launch, String trouble) {
        return new Fault(
                "tried to check program " + launch.program() + " in "
                        + site.conf().path() + " but its " + trouble,
                isNeeded(launch.program()));
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

    /** As supervisor looks: it is found from where supervisord is, and executed from where the program is to be. */
    private boolean executable(SupervisorConf.Launch launch) {
        // the first that is there, and no later one though only that could be executed
        return Standpoint.candidates(launch.executable(), launch.path())
                .filter(place::holds)
                .findFirst()
                .filter(place::canExecute)
                .filter(place.in(launch.directory())::canExecute)
                .isPresent();
    }

    private String directoryTrouble(SupervisorConf.Launch launch) {
        String directory = launch.directory();
        return directory.startsWith("/")
                ? "directory " + directory + " does not exist or may not be entered"
                : "directory " + directory + " is not in " + place.directory() + ", where supervisord runs";
    }

    private String commandTrouble(SupervisorConf.Launch launch) {
        String command = "command " + launch.executable();
        if (!launch.executable().contains("/")) {
            return command + " is not on its PATH (" + launch.path() + "), or not executable there";
        }
        if (launch.executable().startsWith("/") || launch.directory().isEmpty()) {
            return command + " does not exist or is not executable";
        }
        return command + " is not executable from both " + place.directory() + ", where supervisord runs, and "
                + launch.directory();
    }
}
