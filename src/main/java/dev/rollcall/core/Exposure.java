package dev.rollcall.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which bystanders a signal to a program's whole process group would reach. */
public final class Exposure {
    private Exposure() {}

    /** By the program's full name. */
    public static Map<String, List<Bystander>> of(Premises premises, List<Bystander> bystanders) {
        Map<Long, List<Bystander>> byGroup = new HashMap<>();
        for (Bystander bystander : bystanders) {
            premises.table().get(bystander.pid()).ifPresent(e -> byGroup.computeIfAbsent(
                            e.pgid(), group -> new ArrayList<>())
                    .add(bystander));
        }
        Map<String, List<Bystander>> exposed = new HashMap<>();
        for (Program program : premises.programs()) {
            Optional<ProcessEntry> root = premises.table().get(program.pid());
            if (root.isPresent() && program.pid() > 0) {
                exposed.put(program.fullName(), byGroup.getOrDefault(root.get().pgid(), List.of()));
            }
        }
        return exposed;
    }
}
