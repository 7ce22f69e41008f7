package dev.rollcall.core;

import java.util.Locale;

/** Prints how long a plan takes on a crowded host, at a quarter, a half and all of 10,000 Celery and 50,000 other processes. */
public final class Scale {
    private static final int ALL = 10_000;
    private static final int TURNS = 3;

    private Scale() {}

    public static void main(String[] args) {
        System.out.printf(Locale.ROOT, "%-14s %22s %22s %22s%n", "plan", size(4), size(2), size(1));
        for (Crowd.Kind kind : Crowd.Kind.values()) {
            System.out.printf(
                    Locale.ROOT, "%-14s", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            for (int part : new int[] {4, 2, 1}) {
                System.out.printf(Locale.ROOT, " %19.0f ms", best(kind, ALL / part));
            }
            System.out.println();
        }
    }

    private static String size(int part) {
        return String.format(Locale.ROOT, "%,d + %,d", ALL / part, 5 * ALL / part);
    }

    /** Of three, the first of which finds the classes cold. */
    private static double best(Crowd.Kind kind, int celery) {
        Crowd crowd = Crowd.of(kind, celery);
        double best = Double.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            long began = System.nanoTime();
            crowd.plan();
            best = Math.min(best, (System.nanoTime() - began) / 1e6);
        }
        return best;
    }
}
