package dev.rollcall.supervisor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Someone at the address who always says the same, whatever is asked. */
final class Listener extends Thread implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final byte[] answer;

    Listener(Path socket, String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        start();
    }

    @Override
    public void run() {
        try {
            while (channel.isOpen()) {
                try (SocketChannel peer = channel.accept()) {
                    peer.read(ByteBuffer.allocate(4096));
                    peer.write(ByteBuffer.wrap(answer));
                }
            }
        } catch (ClosedChannelException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        channel.close();
        join();
    }
}
