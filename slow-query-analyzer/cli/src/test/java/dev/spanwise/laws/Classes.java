package dev.spanwise.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** What the laws are applied to: the product, and classes planted to break them. */
final class Classes {

  /** Every class of every module, tests left out. */
  static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.spanwise");

  private Classes() {}

  static void assertKept(ArchRule law, Class<?> planted) {
    assertThat(law.evaluate(new ClassFileImporter().importClasses(planted)).hasViolation())
        .isFalse();
  }

  /** Asserts that {@code planted} breaks the law, and that the failure names it. */
  static void assertBroken(ArchRule law, Class<?> planted, Class<?>... others) {
    JavaClasses classes =
        new ClassFileImporter()
            .importClasses(Stream.concat(Stream.of(planted), Stream.of(others)).toList());
    assertThat(law.evaluate(classes).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains(planted.getName()));
  }
}
