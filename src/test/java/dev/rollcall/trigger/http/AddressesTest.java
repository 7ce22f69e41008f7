package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /x, false",
        "/runs, /runs, true",
        "/runs, /runs/, true",
        "/runs, /runs/x, false",
        "/runs/:id, /runs/a.b, true",
        "/runs/:id, /runs/a/b, false",
        "/runs/:id/events, /runs/a/events, true",
        "/runs/:id/events, /runs//events, false",
        "/openapi.yaml, /openapiXyaml, false"
    })
    void a_path_is_that_of_a_route_or_it_is_not(String route, String path, boolean same) {
        assertThat(path.matches(Addresses.pattern(route))).isEqualTo(same);
    }
}
