package dev.rollcall.supervisor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Paths as supervisord will resolve them: with its home and working directory instead of ours. */
final class Places {
    private final Map<String, String> environment;

    Places(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** An absolute path without dots; a relative one starts in the directory supervisord is started in. */
    String absolute(String path) {
        String expanded = expandHome(path);
        return normal(expanded.startsWith("/") ? expanded : workingDirectory() + "/" + expanded);
    }

    String existingDirectory(String path) throws BadValue {
        String expanded = expandHome(path);
        if (!isDirectory(expanded)) {
            throw new BadValue("the directory \"" + path + "\" does not exist", "create it or name another");
        }
        return expanded;
    }

    /** A file that supervisord will create: the folder must be there, the file need not. */
    String creatable(String path) throws BadValue {
        String expanded = expandHome(path);
        isDirectory(expanded); // whether it is a path at all
        int slash = expanded.lastIndexOf('/');
        if (slash >= 0 && !isDirectory(expanded.substring(0, slash + 1))) {
            throw new BadValue("the directory of \"" + path + "\" does not exist", "create it or name another");
        }
        return expanded;
    }

    private boolean isDirectory(String path) throws BadValue {
        try {
            return Files.isDirectory(Path.of(path.startsWith("/") ? path : workingDirectory() + "/" + path));
        } catch (InvalidPathException e) {
            throw new BadValue("\"" + path + "\" is no path (" + e.getReason() + ")", "name another");
        }
    }

    /** The shell that starts supervisord tells its directory in PWD; else it is started from where we are. */
    private String workingDirectory() {
        return Optional.ofNullable(environment.get("PWD"))
                .filter(directory -> directory.startsWith("/"))
                .orElseGet(() -> System.getProperty("user.dir", "/"));
    }

    private String expandHome(String path) {
        if (!path.startsWith("~")) {
            return path;
        }
        int slash = path.indexOf('/');
        String user = path.substring(1, slash < 0 ? path.length() : slash);
        Optional<String> home = user.isEmpty() ? ownHome() : Accounts.home(user);
        return home.map(folder -> folder.replaceFirst("/+$", "") + path.substring(user.length() + 1))
                .filter(expanded -> !expanded.isEmpty())
                .orElse(home.isPresent() ? "/" : path);
    }

    private Optional<String> ownHome() {
        return Optional.ofNullable(environment.get("HOME"))
                .or(() -> Optional.ofNullable(System.getProperty("user.home")));
    }

    /** POSIX leaves the meaning of exactly two leading slashes open, and so Python keeps them. */
    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (path.startsWith("//") && !path.startsWith("///") ? "//" : "/") + String.join("/", parts);
    }
}
