package dev.spanwise.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import dev.spanwise.analyzer.plan.planted.PlantedInCore;
import dev.spanwise.analyzer.server.planted.PlantedInServer;
import dev.spanwise.demo.planted.PlantedInDemo;
import dev.spanwise.instrumentation.planted.PlantedInInstrumentation;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportLawsTest {

  @ParameterizedTest
  @MethodSource("laws")
  void theProductKeepsTheLaw(ArchRule law) {
    law.check(Classes.PRODUCTION);
  }

  static Stream<ArchRule> laws() {
    return Stream.of(
        Laws.CORE_IS_VALUES_AND_FUNCTIONS,
        Laws.INSTRUMENTATION_STANDS_ALONE,
        Laws.ANALYZER_USES_THE_FINGERPRINT_ALONE,
        Laws.NOBODY_IMPORTS_THE_COMMAND_LINE,
        Laws.THE_DEMO_USES_THE_LIBRARY_ALONE,
        Laws.THE_CONTRACT_IS_FOR_BUILDS_AND_TESTS);
  }

  @Test
  void everyPackageOfTheLawsHasClasses() {
    assertThat(Laws.GOVERNED)
        .allMatch(name -> !Classes.PRODUCTION.that(resideInAPackage(name)).isEmpty());
  }

  @Test
  void everyClassIsInAPackageOfTheLaws() {
    assertThat(Classes.PRODUCTION.that(DescribedPredicate.not(resideInAnyPackage(Laws.GOVERNED))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("plantedInCore")
  void theCoreMayNotReachTheWorldOutside(Class<?> planted) {
    Classes.assertBroken(Laws.CORE_IS_VALUES_AND_FUNCTIONS, planted);
  }

  static Stream<Class<?>> plantedInCore() {
    return Arrays.stream(PlantedInCore.Forbidden.class.getDeclaredClasses());
  }

  @Test
  void theCoreMayUseValuesFingerprintsAndItsOwnResources() {
    Classes.assertKept(Laws.CORE_IS_VALUES_AND_FUNCTIONS, PlantedInCore.Allowed.class);
  }

  @Test
  void instrumentationMayNotUseTheAnalyzerOrTheDemo() {
    ArchRule law = Laws.INSTRUMENTATION_STANDS_ALONE;
    Classes.assertBroken(law, PlantedInInstrumentation.UsesAnalyzer.class);
    Classes.assertBroken(law, PlantedInInstrumentation.UsesDemo.class);
    Classes.assertKept(law, PlantedInInstrumentation.UsesFingerprint.class);
  }

  @Test
  void theAnalyzerMayUseNoInstrumentationButTheFingerprint() {
    ArchRule law = Laws.ANALYZER_USES_THE_FINGERPRINT_ALONE;
    Classes.assertBroken(law, PlantedInServer.UsesLibrary.class);
    Classes.assertKept(law, PlantedInServer.UsesFingerprint.class);
  }

  @Test
  void nobodyMayUseTheCommandLine() {
    ArchRule law = Laws.NOBODY_IMPORTS_THE_COMMAND_LINE;
    Classes.assertBroken(law, PlantedInServer.UsesCommandLine.class);
    Classes.assertBroken(law, PlantedInDemo.UsesCommandLine.class);
    Classes.assertKept(law, PlantedInServer.UsesFingerprint.class);
  }

  @Test
  void theDemoMayUseNothingOfItsSiblingsButTheLibrary() {
    ArchRule law = Laws.THE_DEMO_USES_THE_LIBRARY_ALONE;
    Classes.assertBroken(law, PlantedInDemo.UsesAnalyzer.class);
    Classes.assertBroken(law, PlantedInDemo.UsesCommandLine.class);
    Classes.assertBroken(law, PlantedInDemo.UsesFingerprint.class);
    Classes.assertKept(law, PlantedInDemo.UsesLibrary.class);
  }

  @Test
  void nobodyMayUseTheTelemetryContractAtRunTime() {
    ArchRule law = Laws.THE_CONTRACT_IS_FOR_BUILDS_AND_TESTS;
    Classes.assertBroken(law, PlantedInServer.UsesContract.class);
    Classes.assertKept(law, PlantedInServer.UsesLibrary.class);
  }
}
