package dev.rollcall.core;

/**
 * A descendant that is no Celery process: spared, always.
 *
 * @param command its command line with secrets masked, at most 200 characters
 * @param node the node it descends from, or empty
 */
public record Bystander(long pid, long startTicks, String command, String node) {
    public ProcessIdentity identity(String bootId) {
        return new ProcessIdentity(pid, startTicks, bootId);
    }
}
