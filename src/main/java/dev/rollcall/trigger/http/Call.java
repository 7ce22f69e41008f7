package dev.rollcall.trigger.http;

import dev.rollcall.config.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request as an operation sees it.
 *
 * @param path the named parts of the path
 * @param headers all values of a header, by its name in any case
 */
record Call(Map<String, String> path, Query query, Function<String, List<String>> headers, byte[] body, Client client) {
    String part(String name) {
        return path.getOrDefault(name, "");
    }

    Optional<String> header(String name) throws UsageException {
        List<String> values = headers.apply(name);
        if (values.size() > 1) {
            throw new UsageException(
                    "tried to read the header " + name + " but it is there " + values.size() + " times; send it once");
        }
        return values.stream().findFirst();
    }
}
