package dev.rollcall.linux;

import dev.rollcall.core.ProcessEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a Python process finds its modules, as far as that can be told from outside: beside its script, in its directory, on its
 * PYTHONPATH, among the packages of its environment.
 */
record Modules(List<Path> folders, List<Path> packages) {
    private static final Pattern NAME = Pattern.compile("\\w+(\\.\\w+)*");
    /** Not what comes with an extra only. */
    private static final Pattern REQUIRES = Pattern.compile("(?m)^Requires-Dist: (\\w+)(?![\\w.-])(?!.*\\bextra\\b)");

    /** @param proc the process's own folder there */
    static Modules of(Path proc, ProcessEntry process, Path script) {
        Path directory = proc.resolve("cwd");
        List<Path> packages = new ArrayList<>();
        // a name that is empty or none of a path leads nowhere from there
        for (Path program :
                List.of(script, directory.resolve(process.argv().get(0)), directory.resolve(process.exe()))) {
            Path bin = program.toAbsolutePath().getParent();
            if (bin != null && bin.getParent() != null) {
                list(bin.resolveSibling("lib"), "python3*", packages, "site-packages", "dist-packages");
                list(bin.resolveSibling("local/lib"), "python3*", packages, "dist-packages");
            }
        }
        List<Path> folders = new ArrayList<>(List.of(script.resolveSibling(""), directory));
        folders.addAll(pythonPath(proc, directory));
        folders.addAll(packages);
        return new Modules(folders, packages);
    }

    private static void list(Path folder, String names, List<Path> into, String... below) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
            for (Path one : found) {
                Stream.of(below)
                        .map(one::resolve)
                        .filter(p -> !into.contains(p))
                        .forEach(into::add);
            }
        } catch (IOException notThere) {
            // one of several places where packages may be
            return;
        }
    }

    private static List<Path> pythonPath(Path proc, Path directory) {
        try {
            String environment = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0"))
                    .filter(variable -> variable.startsWith("PYTHONPATH="))
                    .flatMap(variable -> Stream.of(variable.substring(11).split(":")))
                    .map(directory::resolve)
                    .toList();
        } catch (IOException | InvalidPathException notReadable) {
            return List.of();
        }
    }

    /** That may hold a module of this name; they need not exist. */
    Stream<Path> files(String name) {
        String path = name.replace('.', '/');
        return NAME.matcher(name).matches()
                ? folders.stream()
                        .flatMap(folder -> Stream.of(path + ".py", path + "/__init__.py", path + "/__main__.py")
                                .map(folder::resolve))
                : Stream.empty();
    }

    /** What says which packages the distribution needs that a module belongs to, if both have one name. */
    Stream<Path> requirements(String module) {
        String top = module.split("\\.", 2)[0];
        List<Path> found = new ArrayList<>();
        if (NAME.matcher(top).matches()) {
            packages.forEach(folder -> list(folder, top + "-*.dist-info", found, "METADATA"));
        }
        return found.stream();
    }

    /** The names of packages that a distribution cannot do without. */
    static Stream<String> required(String metadata) {
        return REQUIRES.matcher(metadata).results().map(found -> found.group(1));
    }
}
