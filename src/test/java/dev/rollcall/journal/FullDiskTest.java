package dev.rollcall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a line in a journal would make everything behind it unreadable. */
class FullDiskTest {
    private Path file;
    private SmallDisk disk;
    private FileLog log;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        file = folder.resolve("a.jsonl");
        disk = new SmallDisk(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        log = new FileLog(file, "a", disk, 0, 0);
        log.append(Journals.BEGAN, Journals.STOPPING);
    }

    @Test
    void a_line_that_does_not_fit_leaves_nothing_behind_and_the_next_one_that_fits_follows() throws IOException {
        disk.room = 30;
        assertFails();
        assertThat(Files.readString(file).lines()).hasSize(1);
        disk.room = Long.MAX_VALUE;
        log.append(Journals.BEGAN, Journals.UP);
        assertWhole(2);
    }

    @Test
    void half_a_line_that_could_not_be_cut_back_is_cut_by_the_next() throws IOException {
        disk.room = 150;
        disk.cannotCut = true;
        assertFails();
        assertThat(Files.readString(file)).doesNotEndWith("\n");
        disk.room = Long.MAX_VALUE;
        assertFails();
        disk.cannotCut = false;
        log.append(Journals.BEGAN, Journals.STOPPING);
        assertWhole(2);
    }

    /** It would have been there twice with the same number, or once although nobody may rely on it. */
    @Test
    void a_line_that_did_not_reach_the_disk_is_none() throws IOException {
        disk.cannotForce = true;
        assertFails();
        disk.cannotForce = false;
        log.append(Journals.BEGAN, Journals.UP);
        assertWhole(2);
    }

    /** Then others are not told who has it; but to finish a run that was cut off is what matters. */
    @Test
    void a_lock_is_one_though_nobody_s_name_fits_in() {
        Holder me = new Holder("a", 1, "cli", Journals.BEGAN);
        disk.room = 0;
        LockFile.sign(disk, me);
        disk.cannotCut = true;
        LockFile.sign(disk, me);
        disk.cannotCut = false;
        disk.room = Long.MAX_VALUE;
        LockFile.sign(disk, me);
        assertThat(file).content().contains("\"run_id\":\"a\"");
    }

    private void assertFails() {
        assertThatThrownBy(() -> log.append(Journals.BEGAN, Journals.UP))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("tried to write " + file + " but")
                .hasMessageContaining("check space and rights");
    }

    private void assertWhole(int lines) throws IOException {
        byte[] text = Files.readAllBytes(file);
        assertThat(Lines.entries(text, "a").whole()).hasSize(lines);
        assertThat(Lines.entries(text, "a").whole().get(lines - 1).seq()).isEqualTo(lines);
        assertThat(Lines.entries(text, "a").rest(text)).isEmpty();
    }

    /** A real file on a disk with so much room. */
    private static final class SmallDisk extends FileChannel {
        private final FileChannel real;
        long room = Long.MAX_VALUE;
        boolean cannotCut;
        boolean cannotForce;

        SmallDisk(FileChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (room <= 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = from.slice(from.position(), (int) Math.min(room, from.remaining()));
            int written = real.write(part, position);
            from.position(from.position() + written);
            room -= written;
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (cannotCut) {
                throw new IOException("Input/output error");
            }
            real.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (cannotForce) {
                throw new IOException("Input/output error");
            }
            real.force(metaData);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer to, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
