package dev.rollcall.trigger.queue;

import dev.rollcall.config.OptionSet;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Options;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Window;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may be accepted, by what it says and when it comes. */
final class Acceptance {
    /** A path or a command from outside would let whoever may ask for a restart do anything. */
    private static final List<String> NOT_FOR_TRIGGERS = List.of("conf", "pidfile", "output");

    /** Either what may go to the disk, or what to tell. */
    sealed interface Decision {
        record Fit(Voucher voucher, Optional<Instant> notBefore) implements Decision {}

        record Unfit(Answer.Declined answer) implements Decision {}
    }

    private final Targets targets;
    private final Function<Instant, Optional<Window>> blackout;

    Acceptance(Targets targets, Function<Instant, Optional<Window>> blackout) {
        this.targets = targets;
        this.blackout = blackout;
    }

    Decision decide(Ask ask, Instant now) {
        try {
            OptionSet given = given(ask);
            String target = given.text("target").orElse(Options.DEFAULTS.target());
            if (!isConfigured(target)) {
                return unfit(Answer.Why.UNKNOWN_TARGET, "TARGET_UNKNOWN", targets.unknown(target));
            }
            Voucher voucher = voucher(ask, given, now);
            Optional<Window> window = voucher.options().override() ? Optional.empty() : blackout.apply(now);
            if (window.isPresent() && !voucher.defer()) {
                return unfit(Answer.Why.BLACKOUT, "BLACKOUT", sentence(voucher, window.get()));
            }
            return new Decision.Fit(voucher, window.map(Window::until));
        } catch (UsageException e) {
            return unfit(Answer.Why.BAD_REQUEST, "BAD_REQUEST", e.getMessage());
        }
    }

    /** Without a target of its own configuration a trigger restarts nothing, though a command line may. */
    private boolean isConfigured(String target) {
        return targets.config().targets().containsKey(target);
    }

    private static OptionSet given(Ask ask) throws UsageException {
        Map<String, @Nullable Object> options = new TreeMap<>(ask.options());
        for (String word : NOT_FOR_TRIGGERS) {
            if (options.get(word) != null) {
                throw new UsageException("tried to read the request but '" + word
                        + "' is not for triggers; name a target of the configuration instead");
            }
        }
        return OptionSet.of(options, "the request");
    }

    private Voucher voucher(Ask ask, OptionSet given, Instant now) throws UsageException {
        return new Voucher(
                now,
                ask.by(),
                ask.key().orElse(null),
                Voucher.fingerprint(ask),
                targets.options(given),
                given.defers());
    }

    private static String sentence(Voucher voucher, Window window) {
        return "tried to restart " + voucher.options().target() + " but no run starts in the blackout " + window.name()
                + ", which ends at " + window.until() + "; ask again then, or with defer: true, or with override: true";
    }

    private static Decision.Unfit unfit(Answer.Why why, String code, String sentence) {
        return new Decision.Unfit(declined(why, code, sentence));
    }

    static Answer.Declined declined(Answer.Why why, String code, String sentence) {
        boolean again = why == Answer.Why.STOPPING || why == Answer.Why.NOT_WRITABLE || why == Answer.Why.BLACKOUT;
        return new Answer.Declined(why, new Problem(code, null, sentence, again));
    }
}
