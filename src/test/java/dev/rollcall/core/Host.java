package dev.rollcall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process table put together row by row. Programs are given; where a row lies below one, it carries the program's marks. */
final class Host {
    static final String BOOT = "boot-1";
    static final String URL = "unix:///run/supervisor.sock";
    static final long SUPERVISORD = 100;
    static final String PYTHON = "/usr/bin/python3.11";
    static final List<String> WORKER = List.of("/usr/bin/python3", "/usr/bin/celery", "-A", "shop", "worker");
    static final Program CELERY = program("worker", "worker", 200, "celery -A shop worker");

    private final List<ProcessEntry> rows = new ArrayList<>();

    Host() {
        this(1);
    }

    /** @param parent of supervisord */
    Host(long parent) {
        add(row(1, 0).leads().argv("/sbin/init").exe("/sbin/init"));
        add(row(SUPERVISORD, parent).leads().argv("/usr/bin/python3", "/usr/bin/supervisord"));
    }

    /** A main process with two pool processes, as prefork makes them. */
    static Host withWorker() {
        return new Host()
                .add(worker(200, SUPERVISORD).group(200))
                .add(worker(201, 200).group(200))
                .add(worker(202, 200).group(200));
    }

    static Program program(String name, String group, long pid, String command) {
        return new Program(
                name, group, pid > 0 ? "RUNNING" : "STOPPED", pid, true, 10, "TERM", false, false, 999, command);
    }

    static Row row(long pid, long parent) {
        return new Row(pid, parent);
    }

    /** A process that looks just like a worker of {@link #CELERY}. */
    static Row worker(long pid, long parent) {
        return row(pid, parent).argv(WORKER.toArray(String[]::new)).of(CELERY);
    }

    Host add(Row row) {
        rows.add(row.entry());
        return this;
    }

    ProcessTable table() {
        return new ProcessTable(BOOT, rows);
    }

    Premises premises(Program... programs) {
        return premises(SUPERVISORD, Set.of(), programs);
    }

    Premises premises(long supervisord, Set<ProcessIdentity> spared, Program... programs) {
        return new Premises(table(), supervisord, new Premises.Supervision(URL, List.of(programs)), spared);
    }

    /** One row, in the group of its parent's session unless said otherwise. */
    static final class Row {
        private final long pid;
        private final long parent;
        private long group;
        private long session = SUPERVISORD;
        private char state = 'S';
        private String exe = PYTHON;
        private List<String> argv = List.of("python3");
        private Map<String, String> marks = Map.of();

        private Row(long pid, long parent) {
            this.pid = pid;
            this.parent = parent;
            this.group = pid;
        }

        Row group(long id) {
            group = id;
            return this;
        }

        Row session(long id) {
            session = id;
            return this;
        }

        /** It called setsid. */
        Row leads() {
            return group(pid).session(pid);
        }

        Row state(char letter) {
            state = letter;
            return this;
        }

        Row exe(String path) {
            exe = path;
            return this;
        }

        Row argv(String... words) {
            argv = List.of(words);
            return this;
        }

        Row of(Program program) {
            return marks(URL, program.name(), program.group());
        }

        Row marks(String url, String name, String groupName) {
            marks = Map.of(
                    "SUPERVISOR_SERVER_URL", url,
                    "SUPERVISOR_PROCESS_NAME", name,
                    "SUPERVISOR_GROUP_NAME", groupName);
            return this;
        }

        ProcessEntry entry() {
            return new ProcessEntry(pid, pid * 10, parent, group, session, state, 0, exe, argv, marks);
        }
    }
}
