package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file by the rules of Python's RawConfigParser as supervisor sets it up: {@code ;} and {@code #} begin comments after a
 * blank, deeper lines continue a value, sections may come again, the last value of a key counts.
 */
final class IniReader {
    private final Ini ini;
    private final String file;
    private final List<String> value = new ArrayList<>();
    private @Nullable String section;
    private String key = "";
    private int indent;
    private int number;

    private IniReader(Ini ini, String file) {
        this.ini = ini;
        this.file = file;
    }

    static void read(String text, String file, Ini into) throws ConfException {
        IniReader reader = new IniReader(into, file);
        for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n")) {
            reader.number++;
            reader.take(line);
        }
        reader.flush();
    }

    private void take(String line) throws ConfException {
        int comment = Comments.start(line);
        String content = Blank.strip(line.substring(0, comment));
        int depth = Blank.indent(line);
        if (content.isEmpty()) {
            if (comment == line.length() && !key.isEmpty()) {
                value.add("");
            }
        } else if (!key.isEmpty() && depth > indent) {
            value.add(content);
        } else {
            indent = depth;
            begin(content);
        }
    }

    private void begin(String content) throws ConfException {
        flush();
        int end = content.lastIndexOf(']');
        if (content.startsWith("[") && end > 1) {
            section = content.substring(1, end);
            ini.open(section, file);
        } else if (section == null) {
            throw refuse("stands before the first [section]", "put it below the section it belongs to");
        } else {
            option(content);
        }
    }

    private void option(String content) throws ConfException {
        int delimiter = delimiter(content);
        String name = delimiter < 0 ? "" : Blank.stripEnd(content.substring(0, delimiter));
        if (name.isEmpty()) {
            throw refuse("is neither [section] nor key=value", "correct it or indent it to continue the value above");
        }
        key = name.toLowerCase(Locale.ROOT);
        value.add(Blank.strip(content.substring(delimiter + 1)));
    }

    private static int delimiter(String content) {
        int equals = content.indexOf('=');
        int colon = content.indexOf(':');
        return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
    }

    private void flush() {
        if (section != null && !key.isEmpty()) {
            ini.put(section, key, new Ini.Entry(Blank.stripEnd(String.join("\n", value)), file));
        }
        key = "";
        value.clear();
    }

    private ConfException refuse(String cause, String remedy) {
        return new ConfException(
                "tried to read " + file + " but line " + number + sectionWord() + " " + cause + "; " + remedy);
    }

    private String sectionWord() {
        return section == null ? "" : " (in [" + section.substring(0, Math.min(100, section.length())) + "])";
    }
}
