package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Reply;
import dev.rollcall.port.Celery;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** There is no node to ask. */
record NoLine(List<Finding> findings) implements Celery.Line {
    @Override
    public String means() {
        return "none";
    }

    @Override
    public List<Reply> ask(Set<Long> expected, Duration limit) {
        return List.of();
    }

    @Override
    public List<Reply> askBriefly(Set<Long> expected, Duration limit) {
        return List.of();
    }

    @Override
    public void close() {}
}
