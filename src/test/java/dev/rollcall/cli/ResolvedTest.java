package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Config;
import dev.rollcall.config.Config.Target;
import dev.rollcall.config.Configs;
import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is resumed with today's settings of its target. */
class ResolvedTest {
    private static final OptionSet NO_OPTIONS = none();

    private Path conf;

    private static OptionSet none() {
        try {
            return OptionSet.of(Map.of(), "test");
        } catch (UsageException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        conf = Files.writeString(folder.toRealPath().resolve("supervisord.conf"), "");
    }

    @Test
    void of_the_target_of_that_name() {
        assertThat(broker(Map.of("default", target(conf.toString(), "redis://a"))))
                .isEqualTo("redis://a");
        assertThat(broker(Map.of("default", target(null, "redis://a")))).isEqualTo("redis://a");
    }

    @Test
    void of_the_target_of_that_configuration_if_it_has_another_name_now() throws IOException {
        Path link = Files.createSymbolicLink(conf.resolveSibling("link.conf"), conf);
        assertThat(broker(Map.of("shop", target(link.toString(), "redis://a")))).isEqualTo("redis://a");
        assertThat(broker(Map.of(
                        "default", target("/etc/other.conf", "redis://b"),
                        "shop", target(conf.toString(), "redis://a"))))
                .isEqualTo("redis://a");
    }

    @Test
    void of_none_if_there_is_none_any_more() {
        assertThat(broker(Map.of("default", target("/etc/other.conf", "redis://b"))))
                .isNull();
        assertThat(broker(Map.of())).isNull();
    }

    private @Nullable String broker(Map<String, Target> targets) {
        Config config = Configs.of(targets);
        Event.Requested asked = new Event.Requested(Options.DEFAULTS, false, "cli", conf.toString(), "boot");
        return Resolved.again(config, asked).celery().broker();
    }

    private static Target target(@Nullable String conf, String broker) {
        return new Target(Optional.ofNullable(conf), Optional.of(broker), "auto", List.of(), List.of(), NO_OPTIONS);
    }
}
