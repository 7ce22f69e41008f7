package dev.rollcall.engine;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.ProcessTable;
import dev.rollcall.port.Supervisor.Contact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A supervisord that has come since the roll was taken. One that is there and does not answer yet is waited for: there must never be two. */
final class Newcomer {
    private static final Duration POLL = Duration.ofMillis(50);

    /** How it was met. */
    sealed interface Meeting {
        record Answers(long pid) implements Meeting {}

        record Deaf(long pid) implements Meeting {}

        record Nobody() implements Meeting {}
    }

    private final World world;
    private final Going going;

    Newcomer(World world, Going going) {
        this.world = world;
        this.going = going;
    }

    /** @param until by the clock's nanos */
    Meeting await(long until) {
        while (true) {
            Optional<Long> answering = answering();
            if (answering.isPresent()) {
                return new Meeting.Answers(answering.get());
            }
            Optional<ProcessEntry> process = process();
            if (process.isEmpty()) {
                return new Meeting.Nobody();
            }
            if (going.run().clock().nanos() - until >= 0) {
                return new Meeting.Deaf(process.get().pid());
            }
            going.run().progress().waiting("the supervisord that is there already to answer");
            going.run().clock().pause(POLL);
        }
    }

    /** The old one answers no more, but its identity tells for sure: a reboot gives pids anew. */
    Optional<Long> answering() {
        Contact contact = world.supervisor().contact(going.site().server());
        boolean old = old().filter(
                        id -> id.pid() == contact.pid() && world.processes().alive(id))
                .isPresent();
        return contact.up() && !old ? Optional.of(contact.pid()) : Optional.empty();
    }

    private Optional<ProcessIdentity> old() {
        return going.site().supervisord(going.ledger().bootId());
    }

    private Optional<ProcessEntry> process() {
        ProcessTable now = world.processes().snapshot();
        Path conf = Path.of(going.site().conf().path());
        return new SupervisordFinder(world)
                .running(conf, now).keySet().stream()
                        .filter(p -> !wasThere(p.identity(now.bootId())))
                        .findFirst();
    }

    /** One that was there before, and deaf, is none; a run that was cut off may have started it itself. */
    private boolean wasThere(ProcessIdentity supervisord) {
        return going.run().past().isPresent()
                ? old().filter(supervisord::equals).isPresent()
                : going.site().table().holds(supervisord);
    }
}
