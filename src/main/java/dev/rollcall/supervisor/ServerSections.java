package dev.rollcall.supervisor;

import dev.rollcall.core.ServerAddress;
import dev.rollcall.port.Supervisor.ConfException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The addresses that supervisord listens on, with the passwords to get in. */
final class ServerSections {
    private record Login(Optional<String> username, Optional<String> password) {
        static final Login NONE = new Login(Optional.empty(), Optional.empty());
    }

    private ServerSections() {}

    /** The first one's URL is the one that supervisord gives to its children: the first unix socket, else the last TCP port. */
    static List<ServerAddress> read(Source source) throws ConfException {
        List<ServerAddress> servers = new ArrayList<>();
        for (String name : source.ini().sections("inet_http_server")) {
            servers.add(0, inet(source, name));
        }
        int unix = 0;
        for (String name : source.ini().sections("unix_http_server")) {
            servers.add(unix++, unix(source, name));
        }
        return List.copyOf(servers);
    }

    private static ServerAddress unix(Source source, String name) throws ConfException {
        Section section = source.bare(name);
        String path = source.places().absolute(Blank.strip(source.section(name).required("file", Section.TEXT)));
        Login login = login(source, section);
        section.value("chown", Accounts::userAndGroup);
        section.value("chmod", Numbers::octal);
        return new ServerAddress(
                path,
                null,
                0,
                "unix://" + path,
                login.username().orElse(null),
                login.password().orElse(null));
    }

    private static ServerAddress inet(Source source, String name) throws ConfException {
        Section section = source.bare(name);
        Login login = login(source, section);
        String address = section.required("port", Section.TEXT);
        int colon = address.lastIndexOf(':');
        int port = section.apply("port", address.substring(colon + 1), Numbers::port);
        String host = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
        String reachable = host.isEmpty() || host.equals("*") ? "localhost" : host;
        return new ServerAddress(
                null,
                reachable,
                port,
                "http://" + reachable + ":" + port,
                login.username().orElse(null),
                login.password().orElse(null));
    }

    private static Login login(Source source, Section section) throws ConfException {
        Login login = new Login(section.value("username", Section.TEXT), section.value("password", Section.TEXT));
        if (login.username().isPresent() != login.password().isPresent()) {
            String missing = login.username().isPresent() ? "password" : "username";
            throw section.refuse(missing, new BadValue("it is missing", "set both username and password, or neither"));
        }
        if (login.username().filter(String::isEmpty).isPresent()) {
            return Login.NONE; // supervisord asks nobody for a password then
        }
        boolean hashed = login.password()
                .filter(password -> password.startsWith("{SHA}"))
                .isPresent();
        return hashed ? clientLogin(source, login) : login;
    }

    /** A hash lets nobody in; supervisorctl has the same problem and its own section for it. */
    private static Login clientLogin(Source source, Login hashed) throws ConfException {
        Section client = source.section("supervisorctl");
        return new Login(
                client.value("username", Section.TEXT).or(hashed::username), client.value("password", Section.TEXT));
    }
}
