package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Us;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the user of a recipe may read. Tried by a process that becomes that user: modes do not tell of access lists and folders above. */
final class Rights {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String TRY =
            """
            import os, sys
            gid, uid = int(sys.argv[1]), int(sys.argv[2])
            os.setgroups([int(group) for group in sys.argv[3].split(",") if group])
            os.setresgid(gid, gid, gid)
            os.setresuid(uid, uid, uid)
            for number, file in enumerate(sys.argv[4:]):
                try:
                    os.close(os.open(file, os.O_RDONLY | os.O_NONBLOCK))
                except PermissionError:
                    print(number)
                    break
                except OSError:
                    pass
            """;

    private Rights() {}

    /** @return the first file that it may not read; empty if there is none or it cannot be told */
    static Optional<String> unreadable(StartRecipe recipe, List<String> files) {
        // never supervisord's own: that may be its user's to write, and this begins as root
        Optional<String> python = Pythons.HOST.first();
        // what is ours to read has been read already
        if (Us.are(recipe.uid()) || python.isEmpty()) {
            return Optional.empty();
        }
        String groups = recipe.groups().stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> argv = new ArrayList<>(List.of(python.get(), "-I", "-S", "-E", "-c", TRY));
        Stream.of(recipe.gid(), recipe.uid()).map(String::valueOf).forEach(argv::add);
        argv.add(groups);
        argv.addAll(files);
        String number = HostCommand.run(argv, LIMIT).out().strip();
        return number.isEmpty() ? Optional.empty() : Optional.of(files.get(Integer.parseInt(number)));
    }
}
