package dev.rollcall.trigger.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.JDKTransport;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many connections in and no more. Counted where they are accepted: Vert.x tells of one with TLS only after its handshake, and whoever never says hello would
 * not count.
 */
final class Threshold extends JDKTransport {
    private final int most;
    private final AtomicInteger inside = new AtomicInteger();

    Threshold(int most) {
        this.most = most;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return domainSocket ? super.serverChannelFactory(true) : Door::new;
    }

    private boolean lets(Channel connection) {
        if (inside.incrementAndGet() > most) {
            inside.decrementAndGet();
            connection.unsafe().closeForcibly();
            return false;
        }
        connection.closeFuture().addListener(closed -> inside.decrementAndGet());
        return true;
    }

    private final class Door extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int before = accepted.size();
            int read = super.doReadMessages(accepted);
            boolean refused = accepted.size() > before && !lets((Channel) accepted.get(before));
            if (refused) {
                accepted.remove(before);
            }
            return refused ? 0 : read;
        }
    }
}
