package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {
    private static HttpResponse<String> response;
    private static String page;

    @BeforeAll
    static void read() throws Exception {
        try (Served served = Served.open()) {
            response = served.get("/");
            page = response.body();
        }
    }

    @AfterAll
    static void forget() {
        response = null;
    }

    private static Set<String> all(String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult m) -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void only_its_own_script_and_style_run() throws Exception {
        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(response.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .contains("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
        for (String element : new String[] {"script", "style"}) {
            String open = "<" + element + ">";
            String text = page.substring(page.indexOf(open) + open.length(), page.indexOf("</" + element + ">"));
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(policy).contains(element + "-src 'sha256-" + hash + "'");
        }
    }

    @Test
    void it_needs_nothing_from_elsewhere_and_makes_no_markup_of_what_it_is_told() {
        assertThat(page)
                .doesNotContain(
                        "http://", "https://", "//cdn", "@import", "url(", "<img", "<iframe", " style=", " onclick=")
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage");
        assertThat(all("<script([^>]*)>")).containsExactly("");
    }

    @Test
    void every_element_that_the_script_names_is_there() {
        assertThat(all(" id=\"([^\"]+)\"")).containsAll(all("\\$\\(\"([^\"]+)\"\\)"));
    }

    @Test
    void who_cannot_see_it_can_use_it() {
        assertThat(page)
                .contains("<html lang=\"en\">", "role=\"status\"", "aria-live=\"polite\"", "color-scheme: light dark");
        assertThat(all("<label>(\\w+) <input")).containsExactlyInAnyOrder("Name", "Token");
        assertThat(all("aria-labelledby=\"([^\"]+)\"")).isSubsetOf(all(" id=\"([^\"]+)\""));
        assertThat(page.split("<table>", -1)).hasSameSizeAs(page.split("<caption>", -1));
    }

    /** The button opens a question; only its yes sends anything. */
    @Test
    void a_restart_is_asked_about_before() {
        assertThat(page.indexOf("method: \"POST\""))
                .isEqualTo(page.lastIndexOf("method: \"POST\""))
                .isPositive();
        assertThat(page)
                .contains("$(\"ask\").showModal()", "if ($(\"ask\").returnValue === \"yes\") told(() => restart(");
        assertThat(page.split("restart\\(", -1)).hasSize(3);
    }
}
