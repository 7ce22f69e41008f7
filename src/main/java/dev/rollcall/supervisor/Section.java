package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.ConfException;
import java.util.Map;
import java.util.Optional;

/** The values of one section, expanded and converted; every refusal names file, section and key. */
final class Section {
    /** From text to a value; throws if supervisord would refuse the text. */
    @FunctionalInterface
    interface Conversion<T> {
        T of(String text) throws BadValue;
    }

    static final Conversion<String> TEXT = text -> text;

    private final Source source;
    private final String name;
    private final Map<String, String> local;

    Section(Source source, String name, Map<String, String> local) {
        this.source = source;
        this.name = name;
        this.local = local;
    }

    String name() {
        return name;
    }

    /** What stands behind the colon, checked as a name. */
    String title() throws ConfException {
        return apply("name", name.substring(name.indexOf(':') + 1), Words::name);
    }

    /** Gives a name a meaning in this section's expansions from now on. */
    void define(String expansion, String value) {
        local.put(expansion, value);
    }

    <T> T value(String key, String fallback, Conversion<T> conversion) throws ConfException {
        return apply(key, expand(key, raw(key).orElse(fallback)), conversion);
    }

    <T> Optional<T> value(String key, Conversion<T> conversion) throws ConfException {
        Optional<String> raw = raw(key);
        return raw.isEmpty() ? Optional.empty() : Optional.of(value(key, raw.get(), conversion));
    }

    <T> T required(String key, Conversion<T> conversion) throws ConfException {
        return value(key, conversion).orElseThrow(() -> refuse(key, new BadValue("it is missing", "add it")));
    }

    Optional<String> raw(String key) {
        return source.ini().get(name, key).map(Ini.Entry::value);
    }

    String expand(String key, String text) throws ConfException {
        return apply(key, text, template -> {
            String expanded = Template.expand(template, this::find);
            source.allowance().take(expanded.length());
            return expanded;
        });
    }

    /** Counts against the allowance of the configuration. */
    void take(long characters) throws ConfException {
        apply("numprocs", "", none -> {
            source.allowance().take(characters);
            return none;
        });
    }

    <T> T apply(String key, String text, Conversion<T> conversion) throws ConfException {
        try {
            source.allowance().take(text.length());
            return conversion.of(text);
        } catch (BadValue e) {
            throw refuse(key, e);
        }
    }

    ConfException refuse(String key, BadValue why) {
        String file = source.ini()
                .get(name, key)
                .map(Ini.Entry::file)
                .or(() -> source.ini().fileOf(name))
                .orElse(source.file());
        return new ConfException("tried to read " + key + " of [" + name + "] in " + file + " but " + why.reason()
                + "; " + why.remedy());
    }

    Optional<String> find(String expansion) {
        return Optional.ofNullable(local.get(expansion))
                .or(() -> Optional.ofNullable(source.variables().get(expansion)));
    }
}
