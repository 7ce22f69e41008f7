package dev.rollcall.supervisor;

/**
 * Splits XML into tags and text. By hand, because it knows no document types and no entities but the five and numbers, so that there
 * is nothing to switch off; because supervisor passes on control characters that parsers must reject; and because it starts at once.
 */
final class XmlScanner {
    enum Kind {
        OPEN,
        CLOSE,
        TEXT,
        END
    }

    private static final int LONGEST = 1_000_000;

    private final String xml;
    private int at;
    private String content = "";
    private boolean closing;

    XmlScanner(String xml) {
        this.xml = xml;
    }

    /** Name of the tag, or the text, that {@link #next} has found. */
    String content() {
        return content;
    }

    Kind next() throws Malformed {
        if (closing) {
            closing = false;
            return Kind.CLOSE;
        }
        if (at >= xml.length()) {
            return Kind.END;
        }
        if (xml.charAt(at) == '<' && !xml.startsWith("<![CDATA[", at)) {
            return xml.startsWith("<?", at) || xml.startsWith("<!", at) ? skip() : tag();
        }
        content = text();
        return Kind.TEXT;
    }

    private Kind skip() throws Malformed {
        while (xml.startsWith("<?", at) || xml.startsWith("<!--", at)) {
            at = after(xml.startsWith("<?", at) ? "?>" : "-->");
        }
        if (xml.startsWith("<!", at) && !xml.startsWith("<![CDATA[", at)) {
            throw new Malformed("it declares a document type");
        }
        return next();
    }

    private Kind tag() throws Malformed {
        int end = after(">") - 1;
        boolean close = xml.startsWith("/", at + 1);
        closing = !close && xml.charAt(end - 1) == '/';
        String inside = xml.substring(at + (close ? 2 : 1), Math.max(at + (close ? 2 : 1), closing ? end - 1 : end));
        int blank = 0;
        while (blank < inside.length() && !Blank.is(inside.charAt(blank))) {
            blank++;
        }
        content = inside.substring(0, blank);
        at = end + 1;
        return close ? Kind.CLOSE : Kind.OPEN;
    }

    /** Text up to the next tag; CDATA and comments within do not cut it. */
    private String text() throws Malformed {
        StringBuilder text = new StringBuilder();
        while (at < xml.length()) {
            char c = xml.charAt(at);
            if (xml.startsWith("<![CDATA[", at)) {
                int from = at + 9;
                at = after("]]>");
                text.append(xml, from, Math.max(from, at - 3));
            } else if (xml.startsWith("<!--", at)) {
                at = after("-->");
            } else if (c == '<') {
                break;
            } else {
                text.append(c == '&' ? entity() : String.valueOf(c));
                at += c == '&' ? 0 : 1;
            }
            if (text.length() > LONGEST) {
                throw new Malformed("a text in it is longer than 1 MB");
            }
        }
        return text.toString();
    }

    private String entity() throws Malformed {
        int from = at + 1;
        int end = xml.indexOf(';', from);
        if (end < 0 || end - from > 10) {
            throw new Malformed("an entity in it does not end");
        }
        at = end + 1;
        return Entities.resolve(xml.substring(from, end));
    }

    private int after(String mark) throws Malformed {
        int index = xml.indexOf(mark, at);
        if (index < 0) {
            throw new Malformed("it breaks off");
        }
        return index + mark.length();
    }
}
