package dev.rollcall.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Version of program and protocol; the Ansible module asks for it first. */
@Command(name = "version", description = "Print version, protocol and Java.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    /** Of request, result and exit codes together. */
    private static final int PROTOCOL = 1;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    VersionCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(json ? json() : text());
        return 0;
    }

    public static String text() {
        return "rollcall " + version();
    }

    public static String json() {
        return "{\"version\": \"" + version() + "\", \"protocol\": " + PROTOCOL + ", \"java\": \""
                + System.getProperty("java.version") + "\"}";
    }

    /** From the jar's manifest; a build that is not packaged has none. */
    private static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("0-unpackaged");
    }

    /** For picocli's --version. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
