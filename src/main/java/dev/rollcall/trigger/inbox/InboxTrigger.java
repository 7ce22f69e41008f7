package dev.rollcall.trigger.inbox;

import dev.rollcall.trigger.Intake;
import dev.rollcall.trigger.Part;
import dev.rollcall.trigger.Runs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** The inbox of the configuration, and the routes that look into it. */
public final class InboxTrigger implements Part {
    private final Path folder;
    private final Inbox inbox;
    private final Shelf shelf;

    public InboxTrigger(Path folder, Intake intake, Runs runs, Clock clock) {
        this(folder, intake, runs, clock, System::nanoTime);
    }

    /** @param nanos a clock that nobody sets, by which a file rests */
    InboxTrigger(Path folder, Intake intake, Runs runs, Clock clock, LongSupplier nanos) {
        this.folder = folder;
        this.shelf = new Shelf(folder);
        this.inbox = new Inbox(folder, intake, runs, new Ripeness(nanos), shelf, clock);
    }

    @Override
    public void join(CamelContext context) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("tried to open the inbox " + folder
                    + " but it is no folder; make it, owned by the engine's user, and start again");
        }
        if (folder.toString().chars().anyMatch(c -> "?&#%+".indexOf(c) >= 0)) {
            throw new IOException("tried to open the inbox " + folder
                    + " but its path has one of the characters ? & # % +; name another folder");
        }
        try {
            shelf.open();
        } catch (IOException e) {
            throw new IOException(
                    "tried to open the inbox " + folder + " but " + e.getMessage() + "; mend that and start again", e);
        }
        context.getRegistry().bind("inbox", new Door(inbox));
        GenericFileFilter<File> named = this::mayBeNew;
        context.getRegistry().bind("requestFiles", named);
        TemplatedRouteBuilder.builder(context, "inbox")
                .routeId("inbox")
                .parameter("folder", folder.toAbsolutePath().toString())
                .add();
        TemplatedRouteBuilder.builder(context, "inbox-sweep")
                .routeId("inbox-sweep")
                .add();
    }

    private boolean mayBeNew(GenericFile<File> file) {
        boolean named =
                !file.isDirectory() && Drop.Kind.of(file.getFileNameOnly()).isPresent();
        return named && !inbox.holds(file.getFile().toPath());
    }

    /** What the routes call. */
    public static final class Door {
        private final Inbox inbox;

        Door(Inbox inbox) {
            this.inbox = inbox;
        }

        /** @param file as Camel has found it; what is in it is nobody's business but the inbox's */
        public void take(GenericFile<File> file) {
            inbox.take(file.getFile().toPath());
        }

        public void sweep() {
            inbox.sweep();
        }
    }

    /** What keeps it from working. */
    public Optional<String> trouble() {
        return inbox.trouble();
    }

    @Override
    public void close() {
        inbox.stop();
    }
}
