package dev.rollcall.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.stream.Stream;

/** The users and groups of this host: names through the system's own lookup, so that directory services count too; ids and homes by file. */
final class Accounts {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");

    @FunctionalInterface
    private interface Lookup {
        Object of(UserPrincipalLookupService service) throws IOException;
    }

    private Accounts() {}

    static String user(String nameOrId) throws BadValue {
        return known(nameOrId, "user", USERS, service -> service.lookupPrincipalByName(nameOrId));
    }

    static String group(String nameOrId) throws BadValue {
        return known(nameOrId, "group", GROUPS, service -> service.lookupPrincipalByGroupName(nameOrId));
    }

    /** As in {@code chown=}: a user, or user:group. */
    static String userAndGroup(String text) throws BadValue {
        int colon = text.indexOf(':');
        user(colon < 0 ? text : text.substring(0, colon));
        if (colon >= 0) {
            group(text.substring(colon + 1));
        }
        return text;
    }

    static Optional<String> home(String user) {
        return field(USERS, 0, user, 5);
    }

    private static String known(String nameOrId, String kind, Path file, Lookup lookup) throws BadValue {
        Optional<Integer> id = Numbers.find(nameOrId);
        boolean known =
                id.isPresent() ? field(file, 2, String.valueOf(id.get()), 0).isPresent() : exists(lookup);
        if (!known) {
            throw new BadValue("this host has no " + kind + " \"" + nameOrId + "\"", "create it or name another");
        }
        return nameOrId;
    }

    private static boolean exists(Lookup lookup) {
        try {
            lookup.of(FileSystems.getDefault().getUserPrincipalLookupService());
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        } catch (IOException e) {
            return true; // the lookup itself failed: that is not known to be a bad name, and supervisord will say so
        }
    }

    /** Full names are in whatever encoding the host had then; so each byte is a character, and only what is asked for is decoded. */
    static Optional<String> field(Path file, int keyColumn, String key, int column) {
        String bytes = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > Math.max(keyColumn, column) && fields[keyColumn].equals(bytes))
                    .map(fields ->
                            new String(fields[column].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // a host without the file has no local accounts
        }
    }
}
