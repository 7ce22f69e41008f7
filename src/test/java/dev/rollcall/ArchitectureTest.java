package dev.rollcall;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Processes;

/** The shape of the code, as far as a machine can keep it. */
@AnalyzeClasses(packages = "dev.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String READ_BY_THE_ROUTES =
            "dev\\.rollcall\\.engine\\.(Checked|Stopped)|dev\\.rollcall\\.trigger\\.events\\.(Receipt|NoWebhook|WebhookPost|LogProvider)";
    private static final String PARTS_OF_A_PLAN = "dev\\.rollcall\\.core\\.Verdict";
    private static final String[] NOTHING = {"java..", "org.jspecify.."};

    @ArchTest
    static final ArchRule core_knows_nothing_but_java =
            classes().that().resideInAPackage("..core..").should(dependOnlyOn("dev.rollcall.core"));

    @ArchTest
    static final ArchRule ports_know_core = classes()
            .that()
            .resideInAPackage("..port..")
            .should(dependOnlyOn("dev.rollcall.core", "dev.rollcall.port"));

    @ArchTest
    static final ArchRule adapters_know_ports_and_never_each_other = noClasses()
            .that()
            .resideInAnyPackage("..supervisor..", "..celery..", "..linux..", "..journal..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..engine..", "..cli..", "..config.."));

    @ArchTest
    static final ArchRule adapters_stand_beside_each_other = slices().matching(
                    "dev.rollcall.(supervisor|celery|linux|journal)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule the_engine_knows_no_adapter = noClasses()
            .that()
            .resideInAPackage("..engine..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "..supervisor..", "..celery..", "..linux..", "..journal..", "..cli..", "..config.."));

    @ArchTest
    static final ArchRule camel_is_in_the_engine_and_the_triggers_alone = noClasses()
            .that()
            .resideOutsideOfPackages("..engine..", "..trigger..", "..routes..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.."));

    /** A time in the configuration is read by Quartz and by nothing else; whoever needs one asks the calendar. */
    @ArchTest
    static final ArchRule few_know_quartz = noClasses()
            .that()
            .resideOutsideOfPackages("..calendar..", "..config..", "..trigger.timer..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.quartz.."));

    @ArchTest
    static final ArchRule the_calendar_reads_no_clock =
            noClasses().that().resideInAPackage("..calendar..").should().callMethodWhere(readsTheWallClock());

    @ArchTest
    static final ArchRule picocli_is_in_the_command_line_alone = noClasses()
            .that()
            .resideOutsideOfPackage("..cli..")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.Main")
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule supervisor_needs_no_library = noClasses()
            .that()
            .resideInAPackage("..supervisor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.fasterxml..", "org.apache..", "redis.."));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.rollcall.(*)..").should().beFreeOfCycles();

    /** The bounded executors end only commands that they have started themselves. */
    @ArchTest
    static final ArchRule only_the_signaller_ends_processes = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.rollcall.linux.Signaller")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.engine.BoundedExecutor")
            .should(callMethodWhere(endsAProcess()));

    @ArchTest
    static final ArchRule only_the_signaller_runs_kill = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.rollcall.linux.Signaller")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.linux.KillProgram")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.linux.ProcfsProcesses")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.rollcall.linux.KillProgram");

    @ArchTest
    static final ArchRule only_the_killer_sends_signals = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.rollcall.engine.Killer")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Processes.signal is called",
                    call -> call.getTargetOwner().isAssignableTo(Processes.class)
                            && call.getName().equals("signal")));

    /** A wall clock that is set forward or back must not end a wait or begin one; the ages of reply boxes in Redis have nothing else. */
    @ArchTest
    static final ArchRule the_wall_clock_is_for_people = noClasses()
            .that()
            .resideInAnyPackage("..core..", "..engine..", "..celery..", "..linux..", "..supervisor..", "..port..")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.linux.SystemClock")
            .and()
            .doNotHaveFullyQualifiedName("dev.rollcall.celery.ReplyBox")
            .should()
            .callMethodWhere(readsTheWallClock());

    /** Through the port it is read by these alone: for the journal, for a run's id and for the terminal. */
    @ArchTest
    static final ArchRule few_ask_for_the_date = noClasses()
            .that()
            .haveNameNotMatching(
                    "dev\\.rollcall\\.(engine\\.(Run|Engine|InspectStep|VerifyStep|Watch)|Service|trigger\\..*)")
            .should()
            .callMethod(Clock.class, "now");

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Base|Impl)");

    @ArchTest
    static final ArchRule what_is_public_is_used_elsewhere = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .haveNameNotMatching(READ_BY_THE_ROUTES + "|" + PARTS_OF_A_PLAN + "|dev\\.rollcall\\.Main")
            .should(beUsedInAnotherPackage());

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        return DescribedPredicate.describe(
                "the wall clock is read",
                call -> call.getName().equals("currentTimeMillis")
                        || call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time"));
    }

    private static DescribedPredicate<JavaAccess<?>> endsAProcess() {
        return DescribedPredicate.describe(
                "a process is ended",
                call -> call.getName().startsWith("destroy")
                        && (call.getTargetOwner().isAssignableTo(ProcessHandle.class)
                                || call.getTargetOwner().isAssignableTo(Process.class)));
    }

    private static ArchCondition<JavaClass> dependOnlyOn(String... packages) {
        return onlyDependOnClassesThat(resideInAnyPackage(NOTHING).or(resideInAnyPackage(packages)));
    }

    private static ArchCondition<JavaClass> beUsedInAnotherPackage() {
        return new ArchCondition<>("be used in another package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean used = item.getDirectDependenciesToSelf().stream()
                        .anyMatch(d -> !d.getOriginClass().getPackageName().equals(item.getPackageName()));
                if (!used) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is public for nobody"));
                }
            }
        };
    }
}
