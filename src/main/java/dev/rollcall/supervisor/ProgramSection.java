package dev.rollcall.supervisor;

import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf.Launch;
import dev.rollcall.port.Supervisor.ConfException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One [program:x], [fcgi-program:x] or [eventlistener:x] with its {@code numprocs} processes. */
final class ProgramSection {
    /** One process that the section defines. */
    record Entry(Program program, Launch launch, int priority) {}

    private static final int MOST_PROCESSES = 100_000;
    /** What a process takes beside its words, in characters. */
    private static final int COST = 300;

    private final Source source;
    private final Section section;
    private final String group;
    private final int groupPriority;

    private ProgramSection(Source source, Section section, String group, int groupPriority) {
        this.source = source;
        this.section = section;
        this.group = group;
        this.groupPriority = groupPriority;
    }

    static List<Entry> read(Source source, String name, String group, int groupPriority) throws ConfException {
        Section section = source.section(name);
        section.define("program_name", section.title());
        section.define("host_node_name", HostName.node());
        section.define("group_name", group);
        return new ProgramSection(source, section, group, groupPriority).entries();
    }

    private List<Entry> entries() throws ConfException {
        ProgramSettings settings = ProgramSettings.read(section);
        int count = section.value("numprocs", "1", ProgramSection::count);
        int first = section.value("numprocs_start", "0", Numbers::integer);
        String name =
                section.apply("process_name", section.raw("process_name").orElse("%(program_name)s"), Words::name);
        if (count > 1 && !name.contains("%(process_num)")) {
            throw section.refuse(
                    "process_name",
                    new BadValue(
                            "numprocs is " + count + " and the names would be the same", "add %(process_num)s to it"));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(settings, name, (long) first + i, count));
        }
        Comparator<Entry> order = Comparator.comparingInt(Entry::priority);
        entries.sort(order.thenComparing(entry -> entry.program().name()));
        return entries;
    }

    private Entry entry(ProgramSettings settings, String nameTemplate, long number, int count) throws ConfException {
        defineProcess(number, count);
        String directory = section.value("directory", "", Section.TEXT);
        checkLogs();
        String command = section.required("command", Section.TEXT);
        String name = section.expand("process_name", nameTemplate);
        Program program = new Program(
                name,
                group,
                "STOPPED",
                0,
                settings.autostart(),
                settings.stopWaitSecs(),
                settings.stopSignal(),
                settings.killAsGroup(),
                settings.stopAsGroup(),
                groupPriority,
                command);
        Launch launch = new Launch(
                program.fullName(),
                FirstWord.of(command),
                directory,
                path(),
                section.find("ENV_REMAP_SIGTERM").orElse(""));
        section.take(COST
                + launch.executable().length()
                + launch.path().length()
                + source.variables().size());
        return new Entry(program, launch, settings.priority());
    }

    /** What a process defines stays defined for the next of the same section, as it does in supervisor. */
    private void defineProcess(long number, int count) throws ConfException {
        section.define("process_num", String.valueOf(number));
        section.define("numprocs", String.valueOf(count));
        source.variables().forEach(section::define);
        String environment =
                section.expand("environment", section.raw("environment").orElse(""));
        section.apply("environment", environment, KeyValuePairs::parse)
                .forEach((name, value) -> section.define("ENV_" + name, value));
    }

    /** What supervisor looks a command up on; supervisord's own, if that is empty, counts for nothing. */
    private String path() {
        return section.find("ENV_PATH").filter(path -> !path.isEmpty()).orElse("/bin:/usr/bin:/usr/local/bin");
    }

    private void checkLogs() throws ConfException {
        for (String stream : new String[] {"stdout", "stderr"}) {
            String key = stream + "_logfile";
            // Supervisor expands the name of a log file twice, so that %%%% is one percent sign.
            String file = section.expand(key, section.value(key, "auto", Section.TEXT));
            section.apply(key, file, this::logFile);
            section.value(key + "_backups", Numbers::integer);
            section.value(key + "_maxbytes", Numbers::size);
            section.value(stream + "_syslog", Words::bool);
        }
    }

    private String logFile(String text) throws BadValue {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none", "off", "auto", "syslog" -> text;
            default -> source.places().creatable(text);
        };
    }

    private static int count(String text) throws BadValue {
        int count = Numbers.integer(text);
        if (count > MOST_PROCESSES) {
            throw new BadValue(text + " processes are more than a host can have", "write a smaller number");
        }
        return count;
    }
}
