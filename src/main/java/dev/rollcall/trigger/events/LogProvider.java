package dev.rollcall.trigger.events;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Brings what is said by way of SLF4J to {@link EngineLog}. Loaded by its name. */
public final class LogProvider implements SLF4JServiceProvider {
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new BasicMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Line::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class Line extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        Line(String name) {
            this.name = name;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            String message = MessageFormatter.basicArrayFormat(pattern, arguments);
            EngineLog.write(name, of(level), message == null ? "" : message, thrown);
        }

        private static System.Logger.Level of(Level level) {
            return level == Level.WARN ? System.Logger.Level.WARNING : System.Logger.Level.valueOf(level.name());
        }

        private boolean takes(System.Logger.Level level) {
            return EngineLog.takes(name, level);
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return takes(System.Logger.Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return takes(System.Logger.Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return takes(System.Logger.Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return takes(System.Logger.Level.WARNING);
        }

        @Override
        public boolean isErrorEnabled() {
            return takes(System.Logger.Level.ERROR);
        }
    }
}
