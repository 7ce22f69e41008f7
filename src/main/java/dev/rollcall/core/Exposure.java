package dev.rollcall.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a stop would reach that is nobody's to end.
 *
 * @param groups bystanders in the process group of a program, by the program's full name
 * @param unit the systemd unit that ends every process in it together with supervisord; empty if none does
 * @param inUnit pids of those in it that are neither supervisord's nor on the roll
 * @param wrappers what passes a program's stop signal to a whole group, by the program's full name, as its process tells
 */
public record Exposure(
        Map<String, List<Bystander>> groups, String unit, List<Long> inUnit, Map<String, String> wrappers) {
    public Exposure {
        groups = Map.copyOf(groups);
        inUnit = List.copyOf(inUnit);
        wrappers = Map.copyOf(wrappers);
    }

    /** By its command, or by what its script has executed. */
    Optional<String> wrapper(Program program) {
        return GroupSignaller.in(program.command()).or(() -> Optional.ofNullable(wrappers.get(program.fullName())));
    }

    /** Bystanders that a stop of one of these programs reaches, for its signal goes to a group. */
    public Set<Long> reached(List<Program> programs) {
        return programs.stream()
                .filter(p -> p.stopAsGroup() || p.killAsGroup() || wrapper(p).isPresent())
                .flatMap(p -> groups.getOrDefault(p.fullName(), List.of()).stream())
                .map(Bystander::pid)
                .collect(Collectors.toSet());
    }

    /** By signals to whole process groups. */
    public static Exposure of(Premises premises, List<Bystander> bystanders) {
        Map<Long, List<Bystander>> byGroup = new HashMap<>();
        for (Bystander bystander : bystanders) {
            premises.table().get(bystander.pid()).ifPresent(e -> byGroup.computeIfAbsent(
                            e.pgid(), group -> new ArrayList<>())
                    .add(bystander));
        }
        Map<String, List<Bystander>> exposed = new HashMap<>();
        Map<String, String> wrappers = new HashMap<>();
        Map<String, List<Main>> mains = premises.mains().stream().collect(Collectors.groupingBy(Main::program));
        for (Program program : premises.programs()) {
            Optional<ProcessEntry> root = premises.table().get(program.pid());
            if (root.isPresent() && program.pid() > 0) {
                Optional<String> wrapper = GroupSignaller.around(program, premises.table());
                wrapper.ifPresent(name -> wrappers.put(program.fullName(), name));
                List<Main> signalled =
                        wrapper.isPresent() ? mains.getOrDefault(program.fullName(), List.of()) : List.of();
                exposed.put(
                        program.fullName(),
                        groupsOf(premises.table(), root.get(), signalled)
                                .flatMap(group -> byGroup.getOrDefault(group, List.of()).stream())
                                .toList());
            }
        }
        return new Exposure(exposed, "", List.of(), wrappers);
    }

    /** An init gives its child a group of its own, and signals that. */
    private static Stream<Long> groupsOf(ProcessTable table, ProcessEntry root, List<Main> signalled) {
        Stream<ProcessEntry> below = signalled.stream()
                .map(Main::process)
                .filter(main -> table.ancestors(main).anyMatch(root::equals))
                .flatMap(main -> table.lineage(main).takeWhile(e -> !e.equals(root)));
        return Stream.concat(Stream.of(root), below).map(ProcessEntry::pgid).distinct();
    }

    /**
     * And by a unit: what its programs have started goes with supervisord anyway; a bystander does not, nor does one that has left its parents.
     *
     * @param residents pids of all that live in the unit
     */
    public Exposure with(String endingUnit, Collection<Long> residents, ProcessTable table, Roll roll) {
        Set<Long> going = new HashSet<>();
        if (roll.supervisord() != null) {
            long supervisord = roll.supervisord().pid();
            going.add(supervisord);
            table.descendants(supervisord).forEach(e -> going.add(e.pid()));
            // a shell around it ends when it has ended
            table.get(supervisord).stream().flatMap(table::ancestors).forEach(e -> going.add(e.pid()));
        }
        roll.bystanders().forEach(b -> going.remove(b.pid()));
        going.addAll(roll.pids());
        List<Long> endangered = residents.stream()
                .filter(pid -> !going.contains(pid))
                .filter(pid -> table.get(pid).filter(e -> !e.ended()).isPresent())
                .sorted()
                .toList();
        return new Exposure(groups, endingUnit, endangered, wrappers);
    }
}
