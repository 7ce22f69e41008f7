package dev.rollcall.supervisor;

/** How much a configuration may come to while it is read: a small text can say enormous things, and we have little memory. */
final class Allowance {
    /** Of one value. The kernel starts nothing with longer words. */
    static final int LONGEST = 2_000_000;

    private static final long MOST = 16_000_000;

    private long left = MOST;

    /** @param characters that have to be looked at or kept */
    void take(long characters) throws BadValue {
        left -= characters;
        if (left < 0) {
            throw new BadValue(
                    "the whole configuration comes to more than 16 million characters",
                    "look for expansions that multiply, for a large numprocs, or for a pattern that includes too much");
        }
    }

    static void limit(long length) throws BadValue {
        if (length > LONGEST) {
            throw new BadValue("it expands to more than 2 million characters", "look for expansions that multiply");
        }
    }
}
