package dev.rollcall.engine;

import dev.rollcall.core.Event;
import dev.rollcall.core.Service;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Glance;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is left to do, of all configurations. One that cannot be gone on with now must not hide another that can. */
public final class Backlog {
    /** A run that has something left to do, and who is at work on its target. */
    public record Held(Unfinished run, Holder by) {}

    private final Journal journal;
    private final Predicate<Unfinished> which;
    private final Set<String> settled = new HashSet<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final List<Unfinished> ready = new ArrayList<>();
    private final List<Unfinished> homeless = new ArrayList<>();
    private Optional<Held> held = Optional.empty();

    private Backlog(Journal journal, Predicate<Unfinished> which) {
        this.journal = journal;
        this.which = which;
    }

    /** Runs that are over are not read, for there may be thousands. */
    public static Backlog of(Journal journal) {
        Backlog backlog = new Backlog(journal, run -> true);
        for (String id : journal.runs()) {
            if (backlog.ready.isEmpty()) {
                backlog.look(id);
            }
        }
        return backlog;
    }

    /** Only what was cut off with the service down, or about to be; of every configuration. */
    public static Backlog urgent(Journal journal) {
        Backlog backlog = new Backlog(journal, Unfinished::changed);
        journal.runs().forEach(backlog::look);
        return backlog;
    }

    /** The latest run that can be gone on with; if there is none, one whose configuration is gone. */
    public Optional<Unfinished> next() {
        return each().stream().findFirst();
    }

    /** The latest run of each configuration that was looked at; those whose configuration is gone come last. */
    public List<Unfinished> each() {
        return Stream.concat(ready.stream(), homeless.stream()).toList();
    }

    /** One whose target somebody is at work on. */
    public Optional<Held> held() {
        return held;
    }

    /** Why of some runs nobody knows whether they have something left to do. */
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void look(String id) {
        try {
            whole(id)
                    .requested()
                    .map(Event.Requested::conf)
                    .filter(settled::add)
                    .ifPresent(this::lookAt);
        } catch (JournalException e) {
            unreadable.add(e.getMessage());
        }
    }

    /** What counts is which began last: one may have been asked for long before another that has brought the service up since. */
    private void lookAt(String conf) {
        for (String id : journal.runsOf(List.of(conf))) {
            if (tells(id, conf)) {
                return;
            }
        }
    }

    /** Whether nothing that began before this run is left to do. */
    private boolean tells(String id, String conf) {
        try {
            if (whole(id)
                    .ended()
                    .filter(e -> e.changed() && e.service() == Service.UP)
                    .isPresent()) {
                return true;
            }
            Optional<Unfinished> run =
                    Unfinished.in(journal.read(id).orElse(List.of())).filter(which);
            run.ifPresent(r -> sort(r, conf));
            return run.isPresent();
        } catch (JournalException e) {
            unreadable.add(e.getMessage());
            return false;
        }
    }

    private Glance whole(String id) {
        Glance glance = journal.glance(id).orElseThrow(() -> new JournalException(id + " has gone meanwhile"));
        if (glance.ends().isEmpty() && glance.damaged()) {
            throw new JournalException("tried to see what run " + id + " has left but " + journal.path(id)
                    + " is damaged from its first line on; see that the service is up, then move that file away");
        }
        return glance;
    }

    private void sort(Unfinished run, String conf) {
        Optional<Holder> by = journal.holder(Path.of(conf));
        if (by.isPresent()) {
            held = held.or(() -> by.map(holder -> new Held(run, holder)));
        } else if (Files.notExists(Path.of(conf))) {
            homeless.add(run);
        } else {
            ready.add(run);
        }
    }
}
