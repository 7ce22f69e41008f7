package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a process that has another mount namespace was started by the supervisord of this configuration and not by one of another place
 * with the same address: it has the same configuration and the same folder of the socket.
 */
record SamePlace(Processes processes, List<Path> paths) implements Predicate<ProcessEntry> {

    static SamePlace of(Processes processes, SupervisorConf conf, ServerAddress server) {
        // a unit's folder below /run goes with it
        Stream<Path> folder = Optional.ofNullable(server.socket()).map(Path::of).stream()
                .flatMap(socket -> Stream.iterate(socket.toAbsolutePath(), Objects::nonNull, Path::getParent))
                .filter(Files::isDirectory)
                .limit(1);
        return new SamePlace(
                processes,
                Stream.concat(Stream.of(Path.of(conf.path())), folder).toList());
    }

    @Override
    public boolean test(ProcessEntry process) {
        return processes.isSurelyOfThisPlace(process.pid(), paths);
    }
}
