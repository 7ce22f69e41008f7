package dev.rollcall.celery;

import dev.rollcall.celery.Discovery.Found;
import dev.rollcall.core.Finding;
import dev.rollcall.core.ProcessEntry;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Commands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reaches Celery nodes over their brokers, spoken directly where that is possible and through {@code celery inspect} where not. */
public final class RemoteControl implements Celery {
    private final Commands commands;
    private final Patience patience;

    /** @param commands runs the worker's own Python, with the worker's rights, when the application has to be asked */
    public RemoteControl(Commands commands) {
        this(commands, Patience.USUAL);
    }

    RemoteControl(Commands commands, Patience patience) {
        this.commands = commands;
        this.patience = patience;
    }

    @Override
    public Line open(List<ProcessEntry> mains, Settings settings, Duration limit) {
        List<Worker> workers = mains.stream().map(Worker::of).toList();
        Findings findings = new Findings();
        Inspections inspections = new Inspections(commands, settings, findings);
        return switch (settings.remoteControl()) {
            case "none" -> new OpenLine(List.of(), List.of(), List.of(findings), Map.of(), Map.of());
            case "exec" -> new OpenLine(List.of(), inspections.of(workers), List.of(findings), Map.of(), Map.of());
            default -> new Opening(workers, settings, findings).line(inspections, Deadline.in(limit));
        };
    }

    /** The brokers that can be spoken directly; a new kind is one entry more. */
    private static List<Transport.Maker> makers(String remoteControl) {
        return remoteControl.equals("amqp") ? List.of() : List.of(new RedisRemoteControl.Maker());
    }

    private final class Opening {
        private final List<Worker> workers;
        private final Settings settings;
        private final Findings findings;
        private final Map<Long, Finding> unproven = new LinkedHashMap<>();

        Opening(List<Worker> workers, Settings settings, Findings findings) {
            this.workers = workers;
            this.settings = settings;
            this.findings = findings;
        }

        Line line(Inspections inspections, Deadline deadline) {
            Found found = new Discovery(commands, settings, workers, patience)
                    .run(makers(settings.remoteControl()), deadline);
            List<Trial> kept = found.selection().kept();
            List<Worker> silent = unserved(found);
            boolean mayExec = !settings.remoteControl().equals("redis");
            List<Transport> slow = mayExec ? inspections.of(silent) : List.of();
            List<Findings> all = new ArrayList<>(List.of(findings));
            kept.forEach(t -> all.add(t.findings()));
            if (!found.unproven().isEmpty()) {
                all.add(found.findings());
                found.trials().stream().filter(t -> concerns(t, found)).forEach(t -> all.add(t.findings()));
                workers.stream()
                        .filter(w -> found.unproven().contains(w.pid()))
                        .forEach(w -> remark(w, found, !slow.isEmpty()));
            }
            List<Transport> direct = kept.stream()
                    .map(Trial::transport)
                    .flatMap(Optional::stream)
                    .toList();
            return new OpenLine(direct, slow, all, unproven, found.pools());
        }

        /**
         * Those of whom another way may hear more: nobody listens, or what came was refused; not where the broker is down or silent.
         * That sentinels cannot be asked says nothing of it: they may want what only the application has.
         */
        private List<Worker> unserved(Found found) {
            return workers.stream()
                    .filter(w -> found.unproven().contains(w.pid()))
                    .filter(w -> !found.hopeless().contains(w.pid()))
                    .filter(w -> claimed(w, found).stream()
                            .noneMatch(t ->
                                    t.alive() || t.unreachable() && !t.broker().hasSentinels()))
                    .toList();
        }

        private List<Trial> claimed(Worker worker, Found found) {
            return found.selection().kept().stream()
                    .filter(t -> t.claimants().contains(worker.pid()))
                    .toList();
        }

        private boolean concerns(Trial trial, Found found) {
            return trial.claimants().stream().anyMatch(found.unproven()::contains);
        }

        private void remark(Worker worker, Found found, boolean exec) {
            List<Trial> claimed = claimed(worker, found);
            if (!claimed.isEmpty()) {
                Trial best = claimed.get(0);
                unproven.put(
                        worker.pid(),
                        Finding.warning(
                                "BROKER_UNPROVEN",
                                "tried to reach the node of " + worker + " over " + best.broker() + ", known from "
                                        + best.origin().words() + ", but it did not answer there",
                                "it may be busy, or deaf since its broker was restarted; its processes are found without it"));
            } else {
                findings.add(Finding.warning(
                        "BROKER_NOT_FOUND",
                        "tried to find the broker of " + worker + " but none of the ways there led to an answer"
                                + (exec ? "; celery inspect is run instead" : ""),
                        "give the broker's URL in Rollcall's configuration"));
            }
        }
    }
}
