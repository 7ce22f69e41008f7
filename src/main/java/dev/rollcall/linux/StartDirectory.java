package dev.rollcall.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The directory that a supervisord was started in. {@code directory=} in its configuration moves it when it daemonizes,
 * and then a relative {@code -c supervisord.conf} would no longer be found from where it is now.
 */
final class StartDirectory {
    private static final List<String> SEARCHED = List.of("supervisord.conf", "etc/supervisord.conf");

    private StartDirectory() {}

    /** Where it is now, unless only its {@code PWD} of then holds the configuration that it names. */
    static String of(List<String> argv, Map<String, String> environment, Path now) {
        byte[] bytes = environment.getOrDefault("PWD", "").getBytes(StandardCharsets.ISO_8859_1);
        String then = Octets.text(bytes, 0, bytes.length);
        List<String> confs = confs(argv);
        boolean moved = isPlainAscii(then) && then.startsWith("/") && !holds(now, confs) && holds(Path.of(then), confs);
        return moved ? then : Octets.text(now);
    }

    private static List<String> confs(List<String> argv) {
        for (int i = 0; i < argv.size(); i++) {
            String word = argv.get(i);
            if (word.startsWith("--c") && word.contains("=")) {
                return List.of(word.substring(word.indexOf('=') + 1));
            }
            if ((word.equals("-c") || word.startsWith("--c")) && i + 1 < argv.size()) {
                return List.of(argv.get(i + 1));
            }
            if (word.startsWith("-c")) {
                return List.of(word.substring(2));
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
