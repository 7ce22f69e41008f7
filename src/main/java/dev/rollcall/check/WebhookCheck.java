package dev.rollcall.check;

import dev.rollcall.config.Webhook;
import dev.rollcall.core.Finding;
import java.util.ArrayList;
import java.util.List;

/** Where events go, and whether the receiver could tell that they are ours. */
final class WebhookCheck {
    private WebhookCheck() {}

    static List<Finding> findings(Webhook webhook) {
        List<Finding> findings = new ArrayList<>();
        String signed = webhook.secret().isPresent() ? "signed" : "not signed";
        // what follows the path may be a key of the receiver's
        String url = webhook.url().getScheme() + "://" + webhook.url().getRawAuthority()
                + webhook.url().getRawPath();
        findings.add(Finding.info("WEBHOOK", "events are sent to " + url + ", " + signed, ""));
        webhook.secret()
                .flatMap(s -> new KeptFile(s, "WEBHOOK_UNUSABLE", "secret file").trouble())
                .ifPresent(findings::add);
        return findings;
    }
}
