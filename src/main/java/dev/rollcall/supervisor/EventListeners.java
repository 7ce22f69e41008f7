package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an [eventlistener:x] needs beyond a program. */
final class EventListeners {
    private static final Set<String> EVENTS = Set.of(
            "EVENT",
            "PROCESS_STATE",
            "PROCESS_STATE_STOPPED",
            "PROCESS_STATE_EXITED",
            "PROCESS_STATE_STARTING",
            "PROCESS_STATE_STOPPING",
            "PROCESS_STATE_BACKOFF",
            "PROCESS_STATE_FATAL",
            "PROCESS_STATE_RUNNING",
            "PROCESS_STATE_UNKNOWN",
            "PROCESS_COMMUNICATION",
            "PROCESS_COMMUNICATION_STDOUT",
            "PROCESS_COMMUNICATION_STDERR",
            "PROCESS_LOG",
            "PROCESS_LOG_STDOUT",
            "PROCESS_LOG_STDERR",
            "REMOTE_COMMUNICATION",
            "SUPERVISOR_STATE_CHANGE",
            "SUPERVISOR_STATE_CHANGE_RUNNING",
            "SUPERVISOR_STATE_CHANGE_STOPPING",
            "TICK",
            "TICK_5",
            "TICK_60",
            "TICK_3600",
            "PROCESS_GROUP",
            "PROCESS_GROUP_ADDED",
            "PROCESS_GROUP_REMOVED");

    private EventListeners() {}

    /**
     * @param extended whether loaded code may define events that we do not know
     */
    static void check(Section section, boolean extended) throws ConfException {
        section.value("buffer_size", "10", EventListeners::bufferSize);
        section.value("result_handler", Section.TEXT);
        section.value("events", "", text -> events(text, extended));
        section.value("redirect_stderr", "false", EventListeners::notRedirected);
    }

    private static int bufferSize(String text) throws BadValue {
        int size = Numbers.integer(text);
        if (size < 1) {
            throw new BadValue(text + " is less than 1", "write 1 or more");
        }
        return size;
    }

    private static List<String> events(String text, boolean extended) throws BadValue {
        List<String> events = Words.list(text.toUpperCase(Locale.ROOT));
        if (events.isEmpty()) {
            throw new BadValue("it names no event", "name at least one, e.g. PROCESS_STATE");
        }
        for (String event : events) {
            if (!extended && !EVENTS.contains(event)) {
                throw new BadValue("\"" + event + "\" is no event", "correct the name");
            }
        }
        return events;
    }

    private static boolean notRedirected(String text) throws BadValue {
        if (Words.bool(text)) {
            throw new BadValue("an event listener needs its stdout for the protocol", "set it to false");
        }
        return false;
    }
}
