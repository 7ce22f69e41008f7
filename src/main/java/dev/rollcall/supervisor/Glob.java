package dev.rollcall.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * One name in a pattern as Python's fnmatch has it. By hand, because as a regular expression a name with many stars takes longer than
 * anybody waits: here nothing is tried again but what the last star left over.
 */
final class Glob {
    /** Each takes one character; an empty one is a star. */
    private final List<Optional<IntPredicate>> steps = new ArrayList<>();

    Glob(String pattern) {
        int[] points = pattern.codePoints().toArray();
        int at = 0;
        while (at < points.length) {
            int end = points[at] == '[' ? bracketEnd(points, at) : -1;
            int open = at;
            steps.add(end < 0 ? single(points[at]) : Optional.of(set(points, open + 1, end)));
            at = end < 0 ? at + 1 : end + 1;
        }
    }

    boolean matches(String name) {
        int[] points = name.codePoints().toArray();
        int step = 0;
        int at = 0;
        int star = -1;
        int given = 0;
        while (at < points.length) {
            if (step < steps.size() && steps.get(step).isEmpty()) {
                star = step++;
                given = at;
            } else if (step < steps.size() && steps.get(step).orElseThrow().test(points[at])) {
                step++;
                at++;
            } else if (star >= 0) {
                step = star + 1;
                at = ++given;
            } else {
                return false;
            }
        }
        return steps.subList(step, steps.size()).stream().allMatch(Optional::isEmpty);
    }

    private static Optional<IntPredicate> single(int point) {
        return point == '*' ? Optional.empty() : Optional.of(point == '?' ? any -> true : c -> c == point);
    }

    /** A {@code ]} right after the opening is a member, not the end. */
    private static int bracketEnd(int[] points, int open) {
        int at = open + 1;
        at += at < points.length && points[at] == '!' ? 2 : 1;
        while (at < points.length && points[at] != ']') {
            at++;
        }
        return at < points.length ? at : -1;
    }

    /** A range that goes backwards holds nothing. */
    private static IntPredicate set(int[] points, int open, int end) {
        boolean negated = points[open] == '!';
        IntPredicate members = c -> false;
        int at = negated ? open + 1 : open;
        while (at < end) {
            boolean range = at + 2 < end && points[at + 1] == '-';
            int low = points[at];
            int high = range ? points[at + 2] : low;
            members = members.or(c -> c >= low && c <= high);
            at += range ? 3 : 1;
        }
        return negated ? members.negate() : members;
    }
}
