package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.regex.Pattern;

/** What an [fcgi-program:x] needs beyond a program: a socket that supervisord opens for it. */
final class FastCgi {
    private static final Pattern TCP = Pattern.compile("tcp://[^\\s:]+:(\\p{Nd}+)\\n?");

    private FastCgi() {}

    static void check(Section section, String title) throws ConfException {
        section.value("user", Accounts::user);
        section.value("socket_backlog", FastCgi::backlog);
        boolean owned = section.value("socket_owner", Accounts::userAndGroup).isPresent();
        boolean moded = section.value("socket_mode", Numbers::octal).isPresent();
        section.define("program_name", title);
        section.required("socket", text -> socket(text, owned || moded));
    }

    private static int backlog(String text) throws BadValue {
        int backlog = Numbers.integer(text);
        if (backlog < 1 || backlog > 65535) {
            throw new BadValue(text + " is no backlog", "use one from 1 to 65535");
        }
        return backlog;
    }

    private static String socket(String text, boolean unixOnly) throws BadValue {
        if (text.startsWith("unix://")) {
            require(text.startsWith("unix:///"), "\"" + text + "\" is not absolute", "write unix:///path");
            return text;
        }
        require(!unixOnly, "socket_owner and socket_mode need a unix socket", "remove them or write unix:///path");
        var tcp = TCP.matcher(text);
        require(tcp.matches(), "\"" + text + "\" is no socket", "write unix:///path or tcp://host:port");
        Numbers.port(tcp.group(1));
        return text;
    }

    private static void require(boolean condition, String cause, String remedy) throws BadValue {
        if (!condition) {
            throw new BadValue(cause, remedy);
        }
    }
}
