package dev.rollcall.core;

import java.util.List;
import java.util.regex.Pattern;

/** Text that may be shown: what looks like a secret is starred, what is long is cut. */
public final class Masked {
    private static final int LONGEST = 200;
    /** curl -u name:password, mysql -ppassword, a header. */
    private static final Pattern USUAL_OPTIONS = Pattern.compile(
            "(?i)((?:^|\\s)(?:-u\\s*[^\\s:]+:|-p(?=\\S)|--user[= ][^\\s:]+:|Authorization:\\s*(?:\\w+\\s+)?))\\S+");

    private static final Pattern URL_PASSWORD = Pattern.compile("(?<!\\w)(\\w++://[^\\s:/@]*+):(?:(?!://)\\S)*@");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)(?<![\\w.-])(?=[\\w.-]*(?:passw(?:or)?d|secret|token|api[_-]?key|credential))([\\w.-]++)(=|:\\s*|\\s+)\\S+");

    private Masked() {}

    /** A URL, or any text with URLs in it, without their passwords. */
    public static String text(String text) {
        String masked = URL_PASSWORD.matcher(text).replaceAll("$1:***@");
        String named = NAMED_SECRET.matcher(masked).replaceAll("$1$2***");
        return USUAL_OPTIONS.matcher(named).replaceAll("$1***");
    }

    /** A command line on one line of at most 200 characters. */
    public static String command(List<String> argv, String exe) {
        String words = argv.isEmpty() ? exe : String.join(" ", argv);
        String line = text(words).replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
