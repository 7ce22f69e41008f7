package dev.rollcall.cli;

import dev.rollcall.engine.Interrupt;
import java.util.List;
import sun.misc.Signal;

/** INT, TERM and HUP become interrupts of the run; the JVM does not end by them. */
final class Signals {
    private Signals() {}

    static void route(Interrupt interrupt, Screen screen) {
        for (String name : List.of("INT", "TERM", "HUP")) {
            try {
                Signal.handle(new Signal(name), signal -> {
                    if (interrupt.raise(signal.getNumber())) {
                        screen.say(
                                "SIG" + name + " noted: the service is down now, the run goes on until it is up again");
                    } else {
                        screen.say("SIG" + name + ": stopping before anything is changed");
                    }
                });
            } catch (IllegalArgumentException ignoredByParent) {
                // started by nohup: HUP stays ignored, as asked
                continue;
            }
        }
    }
}
