package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.HashMap;
import java.util.Map;

/**
 * What every section is read against.
 *
 * @param file the main file, as it was named
 * @param here the folder of the main file
 * @param variables {@code ENV_x} by name; grows when [supervisord] sets an environment
 */
record Source(Ini ini, String file, String here, Map<String, String> variables, Places places, Allowance allowance) {
    /** A section whose values may use the environment and {@code %(here)s}. */
    Section section(String name) {
        Section section = bare(name);
        section.define("here", here);
        return section;
    }

    /** A section whose values may use the environment only: supervisor forgets {@code here} in some places. */
    Section bare(String name) {
        return new Section(this, name, new HashMap<>());
    }

    void require(boolean condition, String cause, String remedy) throws ConfException {
        if (!condition) {
            throw new ConfException("tried to read " + file + " but " + cause + "; " + remedy);
        }
    }
}
