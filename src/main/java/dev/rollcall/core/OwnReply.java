package dev.rollcall.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which reply is a main process's own. Containers of one image have the same pids everywhere, those of the pool too, so the name that the
 * command line gives counts before the pool; the pool alone counts where nobody can be sure of that name.
 */
final class OwnReply {
    /** The surest first. */
    private enum Proof {
        NAME_AND_POOL,
        NAME,
        POOL,
        /** All that is known of the name of an entry point of its own. */
        HOST,
        NONE
    }

    private final ProcessEntry main;
    private final Set<Long> pool;
    private final String host;

    /** @param pool what may be the pool of the main process */
    OwnReply(ProcessEntry main, Set<Long> pool, String host) {
        this.main = main;
        this.pool = pool;
        this.host = host;
    }

    boolean mayBe(Reply.Stats reply) {
        return proof(reply) != Proof.NONE;
    }

    /** The surest; nothing if several names are as sure as each other. */
    Optional<Reply.Stats> among(List<Reply.Stats> replies) {
        Proof best =
                replies.stream().map(this::proof).min(Comparator.naturalOrder()).orElse(Proof.NONE);
        List<Reply.Stats> surest = replies.stream()
                .filter(r -> best != Proof.NONE && proof(r) == best)
                .toList();
        long names = surest.stream().map(Reply.Stats::node).distinct().count();
        return names == 1 ? surest.stream().findFirst() : Optional.empty();
    }

    /** A name that it has answered by is given up for a surer one only: it may have been a stranger's, while its own answer was late. */
    Optional<Reply.Stats> of(Node node, List<Reply.Stats> replies) {
        Proof enough = node.answered() ? Proof.NAME_AND_POOL : Proof.NAME;
        Optional<Reply.Stats> best = among(replies);
        return best.filter(r -> proof(r).compareTo(enough) <= 0)
                .or(() -> replies.stream()
                        .filter(r -> r.pid() == main.pid() && r.node().equals(node.name()))
                        .findFirst())
                .or(() -> best.filter(r -> !node.answered() && proof(r) == Proof.POOL));
    }

    private Proof proof(Reply.Stats reply) {
        if (reply.pid() != main.pid()) {
            return Proof.NONE;
        }
        boolean samePool = reply.processes().stream().anyMatch(pool::contains);
        boolean sameName = isName(reply.node());
        if (sameName && samePool) {
            return Proof.NAME_AND_POOL;
        }
        if (sameName) {
            return CeleryCommand.isCelery(main.argv()) ? Proof.NAME : Proof.HOST;
        }
        return samePool && !CeleryCommand.isNamed(main.argv()) ? Proof.POOL : Proof.NONE;
    }

    /** The name of an entry point of its own is in its code, and ends with the host unless somebody has chosen another. */
    boolean isName(String node) {
        return CeleryCommand.isCelery(main.argv())
                ? node.equals(CeleryCommand.nodeName(main.argv(), host))
                : node.endsWith("@" + host);
    }
}
