package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import dev.rollcall.supervisor.ProgramSection.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All process groups of a configuration: those of [group:x], and one for each program, listener and FastCGI program of its own. */
final class Groups {
    private record Group(String name, int priority, List<Entry> entries) {}

    private static final String DEFAULT_PRIORITY = "999";
    private final Source source;
    private final List<Group> groups = new ArrayList<>();
    private final Set<String> grouped = new TreeSet<>();

    private Groups(Source source) {
        this.source = source;
    }

    /**
     * @param extended whether loaded code may define events that we do not know
     */
    static List<Entry> read(Source source, boolean extended) throws ConfException {
        Groups groups = new Groups(source);
        groups.addNamed();
        groups.addPrograms();
        groups.addListeners(extended);
        groups.addFastCgi();
        return groups.inOrder();
    }

    private void addNamed() throws ConfException {
        for (String name : source.ini().sections("group:")) {
            Section section = source.section(name);
            String title = section.title();
            List<String> members = section.value("programs", Words::list).orElse(List.of());
            int priority = section.value("priority", DEFAULT_PRIORITY, Numbers::integer);
            List<Entry> entries = new ArrayList<>();
            for (String member : members) {
                String program = section.apply("programs", member, this::sectionOf);
                grouped.add(program);
                entries.addAll(ProgramSection.read(source, program, title, priority));
            }
            add(title, priority, entries);
        }
    }

    private String sectionOf(String member) throws BadValue {
        String program = "program:" + member;
        String fastCgi = "fcgi-program:" + member;
        if (source.ini().has(program) == source.ini().has(fastCgi)) {
            throw source.ini().has(program)
                    ? new BadValue("\"" + member + "\" is both a program and an fcgi-program", "rename one of them")
                    : new BadValue("there is no program \"" + member + "\"", "correct the name or add the program");
        }
        return source.ini().has(program) ? program : fastCgi;
    }

    private void addPrograms() throws ConfException {
        for (String name : ungrouped("program:")) {
            Section section = source.section(name);
            String title = section.title();
            addAlone(section, title, section.value("priority", DEFAULT_PRIORITY, Numbers::integer));
        }
    }

    /** Listeners start first and stop last unless told otherwise. */
    private void addListeners(boolean extended) throws ConfException {
        for (String name : source.ini().sections("eventlistener:")) {
            Section section = source.section(name);
            int priority = section.value("priority", "-1", Numbers::integer);
            EventListeners.check(section, extended);
            addAlone(section, name.substring(name.indexOf(':') + 1), priority);
        }
    }

    private void addFastCgi() throws ConfException {
        for (String name : ungrouped("fcgi-program:")) {
            Section section = source.section(name);
            String title = section.title();
            int priority = section.value("priority", DEFAULT_PRIORITY, Numbers::integer);
            FastCgi.check(section, title);
            addAlone(section, title, priority);
        }
    }

    private List<String> ungrouped(String prefix) {
        return source.ini().sections(prefix).stream()
                .filter(name -> !grouped.contains(name))
                .toList();
    }

    private void addAlone(Section section, String group, int priority) throws ConfException {
        add(group, priority, ProgramSection.read(source, section.name(), group, priority));
    }

    private void add(String name, int priority, List<Entry> entries) {
        groups.add(new Group(name, priority, entries));
    }

    /** Of groups of the same name supervisord uses the first, of processes of the same name in a group the last. */
    private List<Entry> inOrder() {
        groups.sort(Comparator.comparingInt(Group::priority).thenComparing(Group::name));
        Map<String, Group> unique = new LinkedHashMap<>();
        groups.forEach(group -> unique.putIfAbsent(group.name(), group));
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Group group : unique.values()) {
            group.entries()
                    .forEach(entry -> entries.put(
                            entry.program().group() + ":" + entry.program().name(), entry));
        }
        return List.copyOf(entries.values());
    }
}
