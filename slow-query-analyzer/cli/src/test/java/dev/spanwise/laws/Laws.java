package dev.spanwise.laws;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Who may import what. */
final class Laws {

  private static final String ANALYZER = "dev.spanwise.analyzer..";
  private static final String INSTRUMENTATION = "dev.spanwise.instrumentation..";
  private static final String FINGERPRINT = "dev.spanwise.instrumentation.fingerprint..";
  private static final String CONTRACT = "dev.spanwise.telemetry..";
  private static final String CLI = "dev.spanwise.analyzer.cli..";
  private static final String DEMO = "dev.spanwise.demo..";
  private static final String RULES = "dev.spanwise.analyzer.rule";
  private static final String CATALOGUE = RULES + ".RuleCatalogue";

  /** The packages of the core, which is values and functions of them. */
  private static final String[] CORE = {
    "dev.spanwise.analyzer.advice..",
    "dev.spanwise.analyzer.analysis..",
    "dev.spanwise.analyzer.catalogue..",
    "dev.spanwise.analyzer.condition..",
    "dev.spanwise.analyzer.execution..",
    "dev.spanwise.analyzer.input..",
    "dev.spanwise.analyzer.link..",
    "dev.spanwise.analyzer.plan..",
    "dev.spanwise.analyzer.report..",
    "dev.spanwise.analyzer.rule..",
    "dev.spanwise.analyzer.trace..",
    "dev.spanwise.analyzer.workload.."
  };

  /** The packages of the analyzer that reach the world outside. */
  private static final String[] AROUND_THE_CORE = {
    "dev.spanwise.analyzer.ingest..",
    "dev.spanwise.analyzer.postgresql..",
    "dev.spanwise.analyzer.server..",
    CLI
  };

  private static final DescribedPredicate<JavaClass> OTHER_MODULES =
      resideInAPackage("dev.spanwise..")
          .and(not(resideInAnyPackage(CORE)))
          .and(not(resideInAPackage(FINGERPRINT)));

  private static final DescribedPredicate<JavaClass> LIBRARY =
      resideInAPackage(INSTRUMENTATION).and(not(resideInAPackage(FINGERPRINT)));

  private static final DescribedPredicate<JavaClass> JDBC =
      resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

  private static final DescribedPredicate<JavaClass> NETWORK =
      resideInAnyPackage("java.net.http..", "com.sun.net..", "com.linecorp.armeria..")
          .or(named("java\\.net\\.(\\w*Socket|URLConnection|HttpURLConnection)"));

  private static final DescribedPredicate<JavaClass> FILES =
      resideInAnyPackage("java.nio.file..", "java.nio.channels..")
          .or(named("java\\.io\\.(File\\w*|RandomAccessFile)"));

  private static final DescribedPredicate<JavaClass> CLOCKS =
      named("java\\.time\\.(Clock|InstantSource)").or(named("java\\.util\\.(Date|Calendar)"));

  private static final DescribedPredicate<JavaClass> LOGGERS =
      resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.logging..")
          .or(named("java\\.lang\\.System\\$Logger(\\$.*)?"));

  private static final DescribedPredicate<JavaClass> THREADS =
      named("java\\.lang\\.Thread(\\$.*)?")
          .or(named("java\\.util\\.(Timer|TimerTask)"))
          .or(named("java\\.util\\.concurrent\\.(\\w*Executor\\w*|ForkJoin\\w*)"))
          .or(named("java\\.util\\.concurrent\\.CompletableFuture"));

  private static final DescribedPredicate<JavaAccess<?>> READS_A_CLOCK =
      DescribedPredicate.describe(
          "reads a clock",
          access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.lang.System")
                    && (name.equals("currentTimeMillis") || name.equals("nanoTime")));
          });

  private static final DescribedPredicate<JavaClass> RULE_CLASSES =
      resideInAPackage(RULES)
          .and(assignableTo(RULES + ".Rule"))
          .and(not(JavaClass.Predicates.INTERFACES))
          .as("rules");

  /** Every package of the product whose imports a law restricts. */
  static final String[] GOVERNED =
      Stream.of(CORE, AROUND_THE_CORE, new String[] {INSTRUMENTATION, CONTRACT, DEMO})
          .flatMap(Arrays::stream)
          .toArray(String[]::new);

  static final ArchRule CORE_IS_VALUES_AND_FUNCTIONS =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(
              OTHER_MODULES
                  .or(JDBC)
                  .or(NETWORK)
                  .or(FILES)
                  .or(CLOCKS)
                  .or(LOGGERS)
                  .or(THREADS)
                  .as("are other modules', JDBC, HTTP, files, clocks, loggers or threads"))
          .orShould()
          .accessTargetWhere(READS_A_CLOCK);

  static final ArchRule INSTRUMENTATION_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage(INSTRUMENTATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ANALYZER, DEMO);

  static final ArchRule ANALYZER_USES_THE_FINGERPRINT_ALONE =
      noClasses().that().resideInAPackage(ANALYZER).should().dependOnClassesThat(LIBRARY);

  static final ArchRule RULES_ARE_PACKAGE_PRIVATE =
      classes().that(RULE_CLASSES).should().bePackagePrivate();

  static final ArchRule ONLY_THE_CATALOGUE_NAMES_RULES =
      classes()
          .that(RULE_CLASSES)
          .should()
          .onlyHaveDependentClassesThat()
          .haveFullyQualifiedName(CATALOGUE);

  static final ArchRule RULES_ARE_IN_THE_CATALOGUE =
      classes()
          .that(RULE_CLASSES)
          .should(
              new ArchCondition<>("be named in the catalogue") {
                @Override
                public void check(JavaClass rule, ConditionEvents events) {
                  boolean named =
                      rule.getDirectDependenciesToSelf().stream()
                          .anyMatch(use -> use.getOriginClass().getName().equals(CATALOGUE));
                  events.add(
                      new SimpleConditionEvent(
                          rule, named, rule.getName() + " is not named in " + CATALOGUE));
                }
              });

  static final ArchRule NOBODY_IMPORTS_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("dev.spanwise..")
          .and()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  static final ArchRule THE_DEMO_USES_THE_LIBRARY_ALONE =
      noClasses()
          .that()
          .resideInAPackage(DEMO)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.spanwise..")
                  .and(not(resideInAPackage(DEMO)))
                  .and(not(LIBRARY)));

  static final ArchRule THE_CONTRACT_IS_FOR_BUILDS_AND_TESTS =
      noClasses()
          .that()
          .resideInAPackage("dev.spanwise..")
          .and()
          .resideOutsideOfPackage(CONTRACT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CONTRACT);

  private Laws() {}

  private static DescribedPredicate<JavaClass> named(String regex) {
    return nameMatching(regex).forSubtype();
  }

  /** The rules of the catalogue by their ids. */
  static List<String> ruleIds() {
    return Classes.PRODUCTION.that(RULE_CLASSES).stream()
        .map(JavaClass::getSimpleName)
        .sorted()
        .toList();
  }
}
