package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kept recipe is executed, perhaps as root: one that is damaged is none. */
class AnyRecipeTest {
    private static final StartRecipe RECIPE = new StartRecipe(
            List.of("/usr/bin/supervisord", "-c", "/etc/s.conf"),
            "/srv",
            Map.of("PATH", "/bin"),
            1001,
            1002,
            List.of(4L),
            022,
            Map.of("RLIMIT_NOFILE", List.of(1024L, -1L)),
            false,
            "",
            "",
            Optional.of(new Scheduling(5, "0-3")));
    private static final String WHOLE = new String(RecipeJson.write(RECIPE), StandardCharsets.US_ASCII);

    @Property
    void one_byte_is_another(@ForAll @IntRange(max = 400) int at, @ForAll byte value) {
        byte[] damaged = WHOLE.getBytes(StandardCharsets.US_ASCII);
        damaged[at % damaged.length] = value;
        isRecipeOrRefused(damaged);
    }

    @Property
    void cut_anywhere(@ForAll @IntRange(max = 400) int at) {
        byte[] whole = WHOLE.getBytes(StandardCharsets.US_ASCII);
        byte[] cut = Arrays.copyOf(whole, at % whole.length);
        assertThatThrownBy(() -> RecipeJson.read(cut)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"uid\":1001|\"uid\":\"x\"",
                "\"uid\":1001|\"uid\":null",
                "\"uid\":1001|\"uid\":1e3",
                "\"uid\":1001|\"uid\":99999999999999999999",
                "\"uid\":1001|\"uid\":-1",
                "\"groups\":[4]|\"groups\":4",
                "\"groups\":[4]|\"groups\":[\"x\"]",
                "\"umask\":18|\"umask\":[]",
                "\"umask\":18|\"umask\":99999",
                "\"directory\":\"/srv\"|\"directory\":{}",
                "\"argv\":[|\"argv\":[[],",
                "[1024,-1]|[1024]",
                "\"foreground\":false|\"foreground\":\"x\"",
                "\"nice\":5|\"nice\":20",
                "\"nice\":5|\"nice\":\"5\"",
                "\"cpus\":\"0-3\"|\"cpus\":\"0-999999\"",
                "\"cpus\":\"0-3\"|\"cpus\":\"x\"",
                "\"cpus\":|\"cups\":"
            })
    void what_is_no_number_is_not_root(String good, String bad) {
        assertThat(WHOLE).contains(good);
        byte[] damaged = WHOLE.replace(good, bad).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> RecipeJson.read(damaged)).isInstanceOf(IOException.class);
    }

    private static void isRecipeOrRefused(byte[] damaged) {
        try {
            StartRecipe read = RecipeJson.read(damaged);
            assertThat(read.uid()).isPositive();
            assertThat(read.argv()).hasSize(3);
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("Cannot invoke");
        }
    }
}
