package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Program;
import dev.rollcall.core.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How far programs are with coming back, at one look.
 *
 * @param started whether all had been started before this run was cut off: one that is stopped now was stopped by somebody
 */
record Comeback(Former former, boolean started, List<Program> now) {
    /** Wanted and not there. One that did not run before, has done its work and is not restarted by supervisord is where it should be. */
    Set<String> absent() {
        Set<String> absent = new HashSet<>(former.wanted());
        now.stream()
                .filter(p -> p.running()
                        || p.state().equals("EXITED") && !former.steady().contains(p.fullName()))
                .map(Program::fullName)
                .forEach(absent::remove);
        return absent;
    }

    /** Without them the service is down. */
    Set<String> missing() {
        Set<String> missing = absent();
        missing.removeAll(former.hoped());
        missing.removeAll(stopped());
        return missing;
    }

    private Set<String> stopped() {
        return absent(p -> started && p.state().equals("STOPPED"));
    }

    /** Those that were starting before have a right to be waited for as long as they do. */
    boolean isStarting() {
        return !hoped("STARTING").isEmpty();
    }

    boolean isTryingAgain() {
        return !hoped("BACKOFF").isEmpty();
    }

    private Set<String> hoped(String state) {
        return absent(p -> former.hoped().contains(p.fullName()) && p.state().equals(state));
    }

    private Set<String> absent(Predicate<Program> which) {
        Set<String> absent = absent();
        return now.stream()
                .filter(p -> absent.contains(p.fullName()) && which.test(p))
                .map(Program::fullName)
                .collect(Collectors.toSet());
    }

    /** FATAL is supervisor's last word. */
    boolean isHopeless() {
        Set<String> missing = missing();
        List<Program> stuck =
                now.stream().filter(p -> missing.contains(p.fullName())).toList();
        return stuck.stream().anyMatch(p -> p.state().equals("FATAL"))
                && stuck.stream().noneMatch(Program::wanted);
    }

    Optional<Problem> failure() {
        Set<String> missing = missing();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String states = missing.stream()
                .sorted()
                .map(name -> name + " is " + stateOf(name))
                .collect(Collectors.joining(", "));
        return Optional.of(new Problem(
                "PROGRAM_NOT_RUNNING",
                Step.VERIFY,
                "tried to bring everything up again that was running but " + states
                        + "; look with `supervisorctl tail NAME stderr`",
                true));
    }

    private String stateOf(String program) {
        return now.stream()
                .filter(p -> p.fullName().equals(program))
                .map(Program::state)
                .findFirst()
                .orElse("not there any more");
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Set<String> hopes = absent(p -> former.hoped().contains(p.fullName()));
        for (Program p : now) {
            boolean fallen = p.state().equals("BACKOFF") || p.state().equals("FATAL");
            if (hopes.contains(p.fullName()) || fallen && !former.wanted().contains(p.fullName())) {
                findings.add(Finding.error(
                        "PROGRAM_IN_TROUBLE",
                        p.fullName() + " did not run before and does not run now (" + p.state() + ")",
                        "look with `supervisorctl tail " + p.fullName() + " stderr`"));
            }
        }
        stopped().stream()
                .filter(name -> !hopes.contains(name))
                .sorted()
                .forEach(name -> findings.add(Finding.warning(
                        "PROGRAM_STOPPED",
                        name
                                + " was running before this run was cut off and has been stopped by somebody since; it is left so",
                        "supervisorctl start " + name)));
        return findings;
    }
}
