package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;

/** The [rpcinterface:x] sections, which load Python code into supervisord. */
final class Interfaces {
    private static final String FACTORY = "supervisor.rpcinterface_factory";
    private static final String OWN = "supervisor.rpcinterface:make_main_rpcinterface";

    private Interfaces() {}

    /** Whether code from elsewhere is loaded, which may then define events of its own. */
    static boolean read(Source source) throws ConfException {
        boolean extended = false;
        for (String name : source.ini().sections("rpcinterface:")) {
            Section section = source.bare(name);
            extended |= !section.required(FACTORY, Section.TEXT).equals(OWN);
            for (String key : source.ini().keys(name)) {
                section.value(key, Section.TEXT);
            }
        }
        return extended;
    }
}
