import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests that its arguments name, CLASS.METHOD, and writes a line for each that was executed or skipped into its first argument. */
final class TestRun implements TestExecutionListener {
    private final PrintStream report;

    private TestRun(PrintStream report) {
        this.report = report;
    }

    public static void main(String[] args) throws Exception {
        Set<String> wanted = Arrays.stream(args).skip(1).collect(Collectors.toSet());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(wanted.stream()
                        .map(test -> test.substring(0, test.lastIndexOf('.')))
                        .distinct()
                        .map(name -> selectClass(name))
                        .toList())
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(
                        name(test.getSource()).map(wanted::contains).orElse(true)))
                .build();
        try (PrintStream report = new PrintStream(args[0])) {
            LauncherFactory.create().execute(request, new TestRun(report));
        }
        // what a changed class has left running must not hold the end up
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            boolean green = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            boolean skipped = result.getStatus() == TestExecutionResult.Status.ABORTED;
            tell(green ? "green" : skipped ? "skipped" : "red", test);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        tell("skipped", test);
    }

    private void tell(String outcome, TestIdentifier test) {
        name(test.getSource()).ifPresent(name -> report.println(outcome + " " + name));
    }

    private static Optional<String> name(Optional<TestSource> source) {
        return source.filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(method -> method.getClassName() + "." + method.getMethodName());
    }
}
