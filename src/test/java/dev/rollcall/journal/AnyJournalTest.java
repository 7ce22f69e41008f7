package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Entry;
import dev.rollcall.core.Event;
import dev.rollcall.core.Finding;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Step;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever happened to a journal's file, what is read of it is how it began, and it can be gone on with. */
class AnyJournalTest {
    private static final String RUN = "20260101T000000Z-a";
    private static final List<Event> EVENTS = List.of(
            new Event.StepBegun(Step.SHUTDOWN),
            new Event.Found(Finding.warning("CODE", "grüße € \uD83D\uDE00 \uDCE9 \" \n", "fix")),
            new Event.Resumed("crc\":\"00000000\"}"),
            new Event.StepBegun(Step.KILL));

    private static Path root;
    private static byte[] whole;
    private static List<Entry> written;

    @BeforeContainer
    static void write() throws IOException {
        root = Files.createTempDirectory("any-journal");
        try (RunLog log = new FileJournal(root, Retention.DEFAULT).begin(RUN, List.of("/conf"), List.of())) {
            EVENTS.forEach(e -> log.append(Instant.EPOCH, e));
        }
        whole = Files.readAllBytes(file());
        written = journal().read(RUN).orElseThrow();
        assertThat(written).hasSize(EVENTS.size());
    }

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 200)
    void cut_anywhere(@ForAll @IntRange(max = 2000) int at) throws IOException {
        byte[] cut = Arrays.copyOf(whole, at % (whole.length + 1));
        assertThat(readAndGoOn(cut)).isEqualTo(lines(cut));
    }

    @Property(tries = 200)
    void one_byte_is_another(@ForAll @IntRange(max = 2000) int at, @ForAll byte value) throws IOException {
        byte[] damaged = whole.clone();
        damaged[at % whole.length] = value;
        int intact = Arrays.mismatch(whole, damaged);
        assertThat(readAndGoOn(damaged)).isEqualTo(lines(intact < 0 ? whole : Arrays.copyOf(whole, intact)));
    }

    @Property(tries = 200)
    void anything_behind_a_cut(@ForAll @IntRange(max = 2000) int at, @ForAll @Size(max = 300) byte[] noise)
            throws IOException {
        int cut = at % (whole.length + 1);
        byte[] damaged = Arrays.copyOf(whole, cut + noise.length);
        System.arraycopy(noise, 0, damaged, cut, noise.length);
        assertThat(readAndGoOn(damaged)).isGreaterThanOrEqualTo(lines(Arrays.copyOf(whole, cut)));
    }

    /** @return how many entries are read, which must be those that were written first */
    private static int readAndGoOn(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        List<Entry> read = journal().read(RUN).orElseThrow();
        assertThat(read).isEqualTo(written.subList(0, read.size()));
        assertThat(journal().runsOf(List.of("/conf"))).containsExactly(RUN);
        try (RunLog log = journal().reopen(RUN).log()) {
            log.append(Instant.EPOCH, new Event.StepBegun(Step.START));
        }
        List<Entry> after = journal().read(RUN).orElseThrow();
        // one more if the damage is worth a word
        assertThat(after).hasSizeBetween(read.size() + 1, read.size() + 2);
        assertThat(after.subList(0, read.size())).isEqualTo(read);
        Entry last = after.get(after.size() - 1);
        assertThat(last.event()).isEqualTo(new Event.StepBegun(Step.START));
        assertThat(last.seq()).isEqualTo(after.size());
        return read.size();
    }

    private static int lines(byte[] bytes) {
        return (int) new String(bytes, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    private static FileJournal journal() {
        return new FileJournal(root, Retention.DEFAULT);
    }

    private static Path file() {
        return journal().path(RUN);
    }
}
