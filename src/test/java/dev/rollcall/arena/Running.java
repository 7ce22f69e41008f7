package dev.rollcall.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A run of the launcher that is under way. */
public record Running(Process process, Path out, Path err) {
    private static final int PATIENCE_SECONDS = 300;

    public Run await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("rollcall did not end in " + PATIENCE_SECONDS + " s: " + Files.readString(err));
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** As by {@code kill}. @param name without SIG */
    public void signal(String name) throws IOException, InterruptedException {
        Proc.read(process.pid()).orElseThrow().signal(name);
    }
}
