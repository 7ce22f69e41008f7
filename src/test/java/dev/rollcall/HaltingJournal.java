package dev.rollcall;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.json.EventCodec;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The real journal, until the moment comes. */
final class HaltingJournal implements Journal {
    private final Journal real;
    private final Halt halt;

    HaltingJournal(Journal real, Halt halt) {
        this.real = real;
        this.halt = halt;
    }

    private final class Log extends RunLog {
        private final RunLog log;
        private final String runId;

        Log(RunLog log, String runId) {
            this.log = log;
            this.runId = runId;
        }

        @Override
        public synchronized void append(Instant at, Event event) {
            boolean now = halt.isNow();
            if (now && halt.point() == Halt.Point.HALF_WRITTEN) {
                tear(at, event);
            }
            if (now && halt.point() != Halt.Point.AFTER_THE_WRITE) {
                Runtime.getRuntime().halt(Halt.CODE);
            }
            log.append(at, event);
            if (now) {
                Runtime.getRuntime().halt(Halt.CODE);
            }
        }

        private void tear(Instant at, Event event) {
            String line = EventCodec.line(new Entry(1, at, runId, event));
            try {
                Files.writeString(
                        path(runId),
                        line.substring(0, line.length() / 2),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            log.close();
        }
    }

    @Override
    public Lock lock(Path conf, Holder me) {
        return real.lock(conf, me);
    }

    @Override
    public Optional<Holder> holder(Path conf) {
        return real.holder(conf);
    }

    @Override
    public RunLog begin(String runId, List<String> confs, List<String> tokens) {
        return new Log(real.begin(runId, confs, tokens), runId);
    }

    @Override
    public Reopened reopen(String runId) {
        Reopened reopened = real.reopen(runId);
        return new Reopened(new Log(reopened.log(), runId), reopened.entries());
    }

    @Override
    public List<String> runs() {
        return real.runs();
    }

    @Override
    public List<String> runsOf(List<String> confs) {
        return real.runsOf(confs);
    }

    @Override
    public List<String> runsBy(String link) {
        return real.runsBy(link);
    }

    @Override
    public List<String> runsWith(List<String> confs, String token) {
        return real.runsWith(confs, token);
    }

    @Override
    public Optional<List<Entry>> read(String runId) {
        return real.read(runId);
    }

    @Override
    public Optional<Glance> glance(String runId) {
        return real.glance(runId);
    }

    @Override
    public void prune(Instant now) {
        real.prune(now);
    }

    @Override
    public Path path(String runId) {
        return real.path(runId);
    }

    @Override
    public Path writePids(Optional<Path> to, String target, List<Long> pids) {
        return real.writePids(to, target, pids);
    }

    @Override
    public Path errors(String target) {
        return real.errors(target);
    }
}
