package dev.rollcall.trigger.events;

import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** A process of its own that says something by every way that there is. */
final class Talker {
    private Talker() {}

    public static void main(String[] args) throws Exception {
        EngineLog.install(EngineLog.Format.valueOf(args[0]), System.Logger.Level.valueOf(args[1]));
        try (AutoCloseable run = EngineLog.of("run-1")) {
            System.getLogger("dev.rollcall.x.Ours").log(System.Logger.Level.INFO, "by {0}", "system");
            LoggerFactory.getLogger("dev.rollcall.x.Ours").info("by {}", "slf4j");
        }
        LoggerFactory.getLogger("dev.rollcall.x.Ours").debug("ours in detail");
        LoggerFactory.getLogger("org.apache.camel.X").info("theirs for information");
        Logger.getLogger("io.vertx.X").info("theirs below for information");
        LoggerFactory.getLogger("org.apache.camel.X").warn("theirs as a warning", new IllegalStateException("why"));
        Logger.getLogger("io.vertx.X").warning("theirs below as a warning");
    }
}
