package dev.rollcall.check;

import dev.rollcall.config.Config;
import dev.rollcall.core.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All that can be said of what only the engine uses, and of blackouts; problems first to last, never only the first. */
public final class EngineCheck {
    private EngineCheck() {}

    /** Whether there is anything for an engine in it. */
    public static boolean concerns(Config config) {
        return !config.triggers().timers().isEmpty()
                || config.triggers().inbox().isPresent()
                || config.triggers().http().isPresent()
                || config.webhook().isPresent()
                || config.routesDir().isPresent();
    }

    public static List<Finding> findings(Config config, Instant now) {
        List<Finding> findings = new ArrayList<>();
        if (!config.triggers().timers().isEmpty()) {
            findings.addAll(new TimerCheck(config, now).findings());
        }
        config.blackouts().forEach(b -> findings.addAll(BlackoutCheck.findings(b, now)));
        config.triggers().inbox().ifPresent(inbox -> findings.addAll(InboxCheck.findings(inbox)));
        config.triggers().http().ifPresent(http -> findings.addAll(HttpCheck.findings(http)));
        config.webhook().ifPresent(webhook -> findings.addAll(WebhookCheck.findings(webhook)));
        config.routesDir().ifPresent(dir -> findings.addAll(RoutesCheck.findings(dir)));
        return findings;
    }
}
