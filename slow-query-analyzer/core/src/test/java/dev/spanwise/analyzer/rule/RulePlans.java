package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans of a real server, recorded by {@code src/test/record-rule-fixtures}, and what rules say.
 */
final class RulePlans {

  private RulePlans() {}

  /** The plan of {@code resources/rules/<rule>/<name>}, of JSON output where it has no ending. */
  static Plan recorded(String rule, String name) {
    String resource = "/rules/" + rule + "/" + name + (name.contains(".") ? "" : ".json");
    try (InputStream stream = RulePlans.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("no recording " + resource);
      }
      return read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plan of EXPLAIN output that a test writes itself, to sit on either side of a bound. */
  static Plan read(String output) {
    try {
      return PlanReader.read(output);
    } catch (PlanFormatException e) {
      throw new AssertionError(e.place() + ": " + e.getMessage(), e);
    }
  }

  static Verdict examine(PlanRule rule, Plan plan) {
    return examine(rule, plan, null);
  }

  static Verdict examine(PlanRule rule, Plan plan, @Nullable Catalogue catalogue) {
    return rule.examine(new PlanSubject(plan, catalogue));
  }

  /** The one cause that a rule finds. */
  static Cause onlyCause(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Found.class);
    List<Cause> causes = ((Verdict.Found) verdict).causes();
    assertThat(causes).hasSize(1);
    return causes.get(0);
  }

  /** The step that a cause names. */
  static Remedy.Step step(Cause cause) {
    assertThat(cause.remedy()).isInstanceOf(Remedy.Step.class);
    return (Remedy.Step) cause.remedy();
  }

  /** What a rule missed. */
  static String missing(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    return ((Verdict.Inconclusive) verdict).missing();
  }

  /** The value of the evidence of that name. */
  static Object evidence(List<Evidence> evidence, String name) {
    List<Object> values =
        evidence.stream().filter(e -> e.name().equals(name)).map(Evidence::value).toList();
    assertThat(values).as(name).hasSize(1);
    return values.get(0);
  }
}
