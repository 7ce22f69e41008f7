package dev.rollcall.celery;

import dev.rollcall.celery.Claim.Origin;
import dev.rollcall.core.Reply.Stats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Picks the fewest brokers to keep a line to, so that no node is asked twice under two names of one broker. */
final class Selection {
    private final Set<Long> mains;
    private final List<Trial> kept = new ArrayList<>();
    private final Set<Stats> heard = new HashSet<>();
    private final Set<Long> proven = new HashSet<>();

    private Selection(Set<Long> mains) {
        this.mains = mains;
    }

    /** Closes the ones it does not keep. */
    static Selection of(List<Trial> trials, Set<Long> mains) {
        Selection selection = new Selection(mains);
        List<Trial> connected = trials.stream()
                .filter(t -> t.transport().isPresent())
                .sorted(Comparator.comparing(Trial::origin))
                .toList();
        connected.forEach(selection::keepIfItProves);
        connected.forEach(selection::keepIfNothingBetter);
        trials.stream().filter(t -> !selection.kept.contains(t)).forEach(Trial::abandon);
        return selection;
    }

    private void keepIfItProves(Trial trial) {
        Set<Long> more = new HashSet<>(trial.pids());
        more.retainAll(mains);
        more.removeAll(proven);
        if (!more.isEmpty()) {
            keep(trial);
        }
    }

    /** A node may be busy now and answer later, or be started anew on the same broker. */
    private void keepIfNothingBetter(Trial trial) {
        Set<Long> open = new HashSet<>(trial.claimants());
        open.removeAll(proven);
        boolean claimed = kept.stream().anyMatch(k -> open.stream().allMatch(k.claimants()::contains));
        boolean overlaps = trial.heard().stream().anyMatch(heard::contains);
        boolean guessed = trial.origin() == Origin.CONNECTION && !trial.alive();
        if (!open.isEmpty() && !claimed && !overlaps && !guessed) {
            keep(trial);
        }
    }

    private void keep(Trial trial) {
        kept.add(trial);
        heard.addAll(trial.heard());
        proven.addAll(trial.pids());
    }

    List<Trial> kept() {
        return List.copyOf(kept);
    }

    boolean proves(long pid) {
        return proven.contains(pid);
    }
}
