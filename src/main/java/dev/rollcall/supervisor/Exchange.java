package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.Reach;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One request and its answer over a connection of its own, under one deadline for all of it: a trickle of bytes cannot hold us. */
final class Exchange {
    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;
    private final Duration limit;

    private Exchange(SocketChannel channel, Selector selector, Duration limit) {
        this.channel = channel;
        this.selector = selector;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    static HttpAnswer run(SocketAddress address, byte[] request, Duration limit) throws Unreachable, Malformed {
        // A pending interrupt would close the channel at once; our deadline is short and what we ask may be the way
        // back up.
        boolean interrupted = Thread.interrupted();
        try (SocketChannel channel = Doors.open(address);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            Exchange exchange = new Exchange(channel, selector, limit);
            exchange.connect(address);
            exchange.send(ByteBuffer.wrap(request));
            return exchange.receive();
        } catch (IOException e) {
            throw new Unreachable(Reach.SILENT, "the connection broke (" + e.getMessage() + ")");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void connect(SocketAddress address) throws IOException, Unreachable {
        channel.register(selector, SelectionKey.OP_CONNECT);
        try {
            boolean connected = channel.connect(address);
            while (!connected) {
                await(SelectionKey.OP_CONNECT);
                connected = channel.finishConnect();
            }
        } catch (IOException e) {
            throw Doors.shut(address, e);
        }
    }

    private void send(ByteBuffer request) throws IOException, Unreachable {
        while (channel.write(request) >= 0 && request.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
        }
    }

    private HttpAnswer receive() throws IOException, Unreachable, Malformed {
        HttpAnswer answer = new HttpAnswer();
        ByteBuffer piece = ByteBuffer.allocate(32 * 1024);
        while (!answer.whole()) {
            await(SelectionKey.OP_READ);
            if (channel.read(piece) < 0) {
                answer.finish();
                return answer;
            }
            answer.add(piece.flip());
            piece.clear();
        }
        return answer;
    }

    private void await(int operation) throws IOException, Unreachable {
        channel.keyFor(selector).interestOps(operation);
        long left = deadline - System.nanoTime();
        // Rounded up: 0 would mean for ever.
        if (left <= 0 || selector.select(left / 1_000_000 + 1) == 0 && System.nanoTime() >= deadline) {
            throw new Unreachable(Reach.SILENT, "nothing came within " + limit.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
    }
}
