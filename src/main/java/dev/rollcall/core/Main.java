package dev.rollcall.core;

/**
 * A main process of a node, as the process table shows it.
 *
 * @param program full name of the program it belongs to
 * @param orphan of an earlier life of this supervisord
 */
public record Main(ProcessEntry process, String program, boolean orphan) {
    /** A worker can be asked; a scheduler cannot. */
    public boolean takesTasks() {
        return !CeleryCommand.isBeat(process.argv());
    }
}
