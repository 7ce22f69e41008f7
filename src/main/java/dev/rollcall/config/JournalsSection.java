package dev.rollcall.config;

import dev.rollcall.config.YamlTree.Mapping;
import dev.rollcall.core.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code journals}: which of them are kept. */
final class JournalsSection {
    static final List<String> KEYS = List.of("keep_for", "keep");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    private JournalsSection() {}

    static Retention read(Mapping given) {
        Duration keepFor = Retention.DEFAULT.keepFor();
        Optional<String> time = given.text("keep_for");
        try {
            keepFor = time.isPresent() ? Durations.parse("keep_for", time.get()) : keepFor;
        } catch (UsageException e) {
            given.problem("keep_for", e.getMessage());
        }
        Optional<String> number = given.text("keep");
        boolean isNumber = number.filter(n -> !NUMBER.matcher(n).matches()).isEmpty();
        if (!isNumber) {
            given.problem("keep", "'" + number.orElse("") + "' is no number of journals; write e.g. 1000");
        }
        return new Retention(
                keepFor,
                isNumber ? number.map(Integer::valueOf).orElse(Retention.DEFAULT.keep()) : Retention.DEFAULT.keep());
    }
}
