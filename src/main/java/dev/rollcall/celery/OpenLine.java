package dev.rollcall.celery;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import dev.rollcall.port.Celery.Line;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all brokers in use side by side; inspection by command only where nobody else got an answer. */
final class OpenLine implements Line {
    private static final Executor THREADS = work -> Search.thread(work).start();

    private final List<Transport> direct;
    private final List<Transport> commands;
    private final List<Findings> findings;
    private final Map<Long, Finding> silent;
    private final Map<Long, String> pools;

    /**
     * @param silent what to say of main processes that had not answered when the line was made, unless they answer their broker yet
     * @param pools that their applications have chosen
     */
    OpenLine(
            List<Transport> direct,
            List<Transport> commands,
            List<Findings> findings,
            Map<Long, Finding> silent,
            Map<Long, String> pools) {
        this.direct = List.copyOf(direct);
        this.commands = List.copyOf(commands);
        this.findings = List.copyOf(findings);
        this.silent = new LinkedHashMap<>(silent);
        this.pools = Map.copyOf(pools);
    }

    @Override
    public Map<Long, String> pools() {
        return pools;
    }

    @Override
    public String means() {
        return Stream.concat(direct.stream(), commands.stream())
                .map(Transport::means)
                .findFirst()
                .orElse("none");
    }

    @Override
    public List<Finding> findings() {
        Set<Finding> all = new LinkedHashSet<>();
        findings.forEach(f -> all.addAll(f.list()));
        all.addAll(silent.values());
        return List.copyOf(all);
    }

    @Override
    public List<Reply> ask(Set<Long> expected, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        Inquiry inquiry = askedDirectly(expected, deadline, Inquiry.LATE);
        if (!inquiry.satisfied() && !commands.isEmpty()) {
            Inquiry slow = new Inquiry(expected);
            ask(commands, slow, deadline);
            inquiry.heard(unheard(inquiry, slow));
        }
        return inquiry.replies();
    }

    @Override
    public List<Reply> askBriefly(Set<Long> expected, Duration limit) {
        return askedDirectly(expected, Deadline.in(limit), Inquiry.LITTLE).replies();
    }

    private Inquiry askedDirectly(Set<Long> expected, Deadline deadline, Duration late) {
        Inquiry inquiry = new Inquiry(expected, late);
        ask(direct, inquiry, deadline);
        inquiry.stats().forEach(stats -> silent.remove(stats.pid()));
        return inquiry;
    }

    private static void ask(List<Transport> transports, Inquiry inquiry, Deadline deadline) {
        if (transports.size() == 1) {
            transports.get(0).ask(inquiry, deadline);
            return;
        }
        List<CompletableFuture<Void>> asked = transports.stream()
                .map(t -> CompletableFuture.runAsync(() -> t.ask(inquiry, deadline), THREADS))
                .toList();
        asked.forEach(CompletableFuture::join);
    }

    /** A command hears nodes of a broker that a direct line may reach as well. */
    private static List<Reply> unheard(Inquiry direct, Inquiry slow) {
        Set<String> names = direct.replies().stream().map(Reply::node).collect(Collectors.toSet());
        return slow.replies().stream().filter(r -> !names.contains(r.node())).toList();
    }

    @Override
    public void close() {
        direct.forEach(Transport::close);
        commands.forEach(Transport::close);
    }
}
