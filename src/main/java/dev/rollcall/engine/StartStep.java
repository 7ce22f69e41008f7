package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Program;
import dev.rollcall.core.Step;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Supervisor.Contact;
import dev.rollcall.port.Supervisor.RpcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Starts supervisord as it was (S14), unless somebody else has done so meanwhile. */
final class StartStep {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    private final World world;

    StartStep(World world) {
        this.world = world;
    }

    public Started start(Swept swept) {
        Going going = swept.going();
        Run run = going.run();
        return run.step(Step.START, detail -> {
            if (swept.stuck().isPresent()) {
                detail.failed(swept.stuck().get().message());
                return new Started(going, 0, swept.stuck());
            }
            Started started = tryAll(going);
            if (started.failure().isPresent()) {
                detail.failed(started.failure().get().message());
            } else {
                detail.say("supervisord, pid " + started.supervisord());
                startFormer(going);
            }
            return started;
        });
    }

    private Started tryAll(Going going) {
        Started last = once(going);
        for (int i = 1; i < TRIES && last.failure().isPresent(); i++) {
            going.run().progress().waiting("the next try to start supervisord");
            going.run().clock().pause(BETWEEN_TRIES);
            last = once(going);
        }
        return last;
    }

    private Started once(Going going) {
        Site site = going.site();
        Contact before = world.supervisor().contact(site.server());
        if (before.up() && isNew(going, before)) {
            String how = going.run().past().isPresent()
                    ? "supervisord is up already, and is left as it is"
                    : "somebody else has started supervisord meanwhile";
            going.run().found(Finding.info("STARTED_BY_OTHER", how, ""));
            return new Started(going, before.pid(), Optional.empty());
        }
        Duration limit = going.run().request().options().startTimeout();
        Path errors = world.journal().errors(going.run().request().options().target());
        Commands.Output output = world.commands().run(world.starter().start(site.recipe(), errors, limit));
        if (output.exit() != 0) {
            Contact now = world.supervisor().contact(site.server());
            return now.up() && isNew(going, now)
                    ? new Started(going, now.pid(), Optional.empty())
                    : failed(going, "it said, with exit code " + output.exit() + ": " + oneLine(output.err()));
        }
        return awaitContact(going, limit, errors);
    }

    private Started awaitContact(Going going, Duration limit, Path errors) {
        Run run = going.run();
        long began = run.clock().nanos();
        Optional<ProcessIdentity> seen = Optional.empty();
        while (run.millisSince(began) < limit.toMillis()) {
            Contact contact = world.supervisor().contact(going.site().server());
            if (contact.up() && isNew(going, contact)) {
                return new Started(going, contact.pid(), Optional.empty());
            }
            run.progress().waiting("supervisord to answer");
            run.clock().pause(POLL);
        }
        return failed(going, "it did not answer within " + limit.toSeconds() + " s" + words(errors));
    }

    /** The old one answers no more, but its identity tells for sure: a reboot gives pids anew. */
    private boolean isNew(Going going, Contact contact) {
        return going.site()
                .supervisord(going.ledger().bootId())
                .filter(old -> old.pid() == contact.pid() && world.processes().alive(old))
                .isEmpty();
    }

    private static Started failed(Going going, String cause) {
        return new Started(
                going,
                0,
                Optional.of(new Problem(
                        "START_FAILED",
                        Step.START,
                        "tried to start supervisord (" + going.site().recipe() + ") but " + cause
                                + "; mend that and run rollcall restart again",
                        true)));
    }

    private static String words(Path errors) {
        try {
            String text = Files.isReadable(errors) ? Files.readString(errors) : "";
            return text.isBlank() ? "" : " and said: " + oneLine(text);
        } catch (IOException e) {
            return " and its words in " + errors + " cannot be read";
        }
    }

    private static String oneLine(String text) {
        String line = dev.rollcall.core.Masked.text(text.strip()).replaceAll("\\s+", " ");
        return line.length() > 500 ? line.substring(line.length() - 500) : line;
    }

    /** What was running without autostart would stay down. */
    private void startFormer(Going going) {
        for (Program program : going.site().former()) {
            if (program.running() && !program.autostart()) {
                try {
                    world.supervisor().start(going.site().server(), program.fullName());
                } catch (RpcException e) {
                    going.run()
                            .found(Finding.warning(
                                    "PROGRAM_NOT_STARTED",
                                    "tried to start " + program.fullName() + " but " + e.getMessage(),
                                    "supervisorctl start " + program.fullName()));
                }
            }
        }
    }
}
