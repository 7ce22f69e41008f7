package dev.rollcall.supervisor;

import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins what supervisord says of its processes, what it says of their settings, and what only the files know. */
final class ProgramTable {
    private final Map<String, Value> settings = new HashMap<>();
    private final Map<String, Program> files = new HashMap<>();

    ProgramTable(List<Value> settings, SupervisorConf onDisk) {
        settings.forEach(setting -> this.settings.put(key(setting), setting));
        onDisk.programs().forEach(program -> files.put(program.group() + ":" + program.name(), program));
    }

    List<Program> programs(List<Value> processes) {
        return processes.stream().map(this::program).toList();
    }

    /** Each setting from supervisord; from the files if it is too old to tell, or has dropped a program that still runs. */
    private Program program(Value process) {
        Value setting = settings.getOrDefault(key(process), process);
        Optional<Program> file = Optional.ofNullable(files.get(key(process)));
        boolean killAsGroup = setting.flag("killasgroup")
                .or(() -> file.map(Program::killAsGroup))
                .orElse(false);
        return new Program(
                process.text("name").orElse(""),
                process.text("group").orElse(""),
                process.text("statename").orElse("UNKNOWN"),
                process.number("pid").orElse(0),
                setting.flag("autostart").or(() -> file.map(Program::autostart)).orElse(true),
                setting.number("stopwaitsecs")
                        .or(() -> file.map(Program::stopWaitSecs))
                        .orElse(10),
                setting.text("stopsignal")
                        .flatMap(Signals::find)
                        .or(() -> file.map(Program::stopSignal))
                        .orElse("TERM"),
                killAsGroup,
                // Supervisor forces killasgroup on with stopasgroup, so that off there proves off here.
                killAsGroup && file.map(Program::stopAsGroup).orElse(false),
                setting.number("group_prio")
                        .or(() -> file.map(Program::groupPriority))
                        .orElse(999),
                setting.text("command").or(() -> file.map(Program::command)).orElse(""));
    }

    private static String key(Value value) {
        return value.text("group").orElse("") + ":" + value.text("name").orElse("");
    }
}
