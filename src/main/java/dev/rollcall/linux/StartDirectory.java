package dev.rollcall.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory that a supervisord was started in. {@code directory=} in its configuration moves it when it daemonizes,
 * and then a relative {@code -c supervisord.conf} would no longer be found from where it is now.
 */
final class StartDirectory {
    /** {@code -c FILE}, {@code -nc FILE}, {@code -cFILE}, {@code --configuration FILE} or with an equals sign. */
    private static final Pattern CONF = Pattern.compile("(?:-[tksn]*c|--co[a-z]*=?)(.*)");

    private static final String REMOVED = " (deleted)";

    private static final List<String> SEARCHED = List.of("supervisord.conf", "etc/supervisord.conf");

    private StartDirectory() {}

    /**
     * Where it is now, unless only its {@code PWD} of then holds the configuration that it names.
     *
     * @param cwd the kernel's link to where it is now
     */
    static String of(List<String> argv, Map<String, String> environment, Path cwd) throws IOException {
        byte[] bytes = environment.getOrDefault("PWD", "").getBytes(StandardCharsets.ISO_8859_1);
        String then = Octets.text(bytes, 0, bytes.length);
        List<String> confs = confs(argv);
        boolean moved = isPlainAscii(then) && then.startsWith("/") && !holds(cwd, confs) && holds(Path.of(then), confs);
        return moved ? then : name(cwd);
    }

    /** Behind the name of a directory that has been removed the kernel says so. Another one may be in its place when it is needed. */
    private static String name(Path cwd) throws IOException {
        Path now = Files.readSymbolicLink(cwd);
        String name = Octets.text(now);
        boolean removed = name.endsWith(REMOVED) && !(Files.exists(now) && Files.isSameFile(cwd, now));
        return removed ? name.substring(0, name.length() - REMOVED.length()) : name;
    }

    /** What it was told to read, else where it looks relative to its directory. */
    private static List<String> confs(List<String> argv) {
        for (int i = 0; i < argv.size(); i++) {
            Matcher option = CONF.matcher(argv.get(i));
            boolean next = i + 1 < argv.size();
            if (option.matches() && (next || !option.group(1).isEmpty())) {
                return List.of(option.group(1).isEmpty() ? argv.get(i + 1) : option.group(1));
            }
        }
        return SEARCHED;
    }

    private static boolean holds(Path folder, List<String> confs) {
        return confs.stream()
                .filter(StartDirectory::isPlainAscii)
                .map(folder::resolve)
                .anyMatch(Files::exists);
    }

    /** Java cannot make a path of other names where the locale is C. */
    private static boolean isPlainAscii(String name) {
        return name.chars().allMatch(c -> c > 0 && c < 128);
    }
}
