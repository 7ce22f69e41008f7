package dev.rollcall.config;

import dev.rollcall.config.YamlTree.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a request that stand in the configuration, each looked at by itself: so every problem has its line. */
final class RequestKeys {
    private RequestKeys() {}

    /**
     * @param words the options among the keys of {@code from}
     * @return nothing if one of them is wrong
     */
    static Optional<OptionSet> read(Mapping from, List<String> words) {
        Map<String, Object> given = from.plain(words);
        boolean good = true;
        for (Map.Entry<String, Object> option : given.entrySet()) {
            good &= isGood(from, option.getKey(), option.getValue());
        }
        try {
            return good ? Optional.of(OptionSet.of(given, "the configuration")) : Optional.empty();
        } catch (UsageException e) {
            throw new IllegalStateException("each of the options was looked at before", e);
        }
    }

    private static boolean isGood(Mapping from, String word, Object value) {
        try {
            OptionSet.of(Map.of(word, value), "the configuration").options();
            return true;
        } catch (UsageException e) {
            from.problem(word, e.getMessage());
            return false;
        }
    }
}
