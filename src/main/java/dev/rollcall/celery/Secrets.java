package dev.rollcall.celery;

import java.util.regex.Pattern;

/** Keeps passwords out of messages whose words come from elsewhere: a node's error, a library's exception, a traceback. */
final class Secrets {
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s'\"]*@");
    private static final int LONGEST = 200;

    private Secrets() {}

    static String mask(String text) {
        String plain = USER_INFO
                .matcher(text)
                .replaceAll("$1***@")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
