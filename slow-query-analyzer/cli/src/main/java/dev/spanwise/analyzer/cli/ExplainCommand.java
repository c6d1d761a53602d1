package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.report.ReportAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Diagnoses one output of EXPLAIN, as JSON or text.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: psql -XqAt -c 'EXPLAIN (ANALYZE, BUFFERS, VERBOSE, FORMAT JSON) SELECT …' | spanwise explain -"
    })
final class ExplainCommand implements Callable<Integer> {

  /** Bytes: larger than any real plan. */
  private static final int LARGEST_PLAN = 64 << 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The output of EXPLAIN; - for standard input.")
  private String file = "";

  @Mixin private DatabaseOptions database;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    database.url();
    List<Plan> plans = plans();
    Analysis analysis =
        database.with(
            known ->
                Analysis.of(
                    plans,
                    known,
                    new Rejections(),
                    new ReportAssembler(Clock.systemUTC().instant(), Version.current())));
    return output.write(analysis.report(), spec.commandLine().getOut());
  }

  private List<Plan> plans() {
    String name = file.equals("-") ? "standard input" : file;
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LARGEST_PLAN + 1);
      if (bytes.length > LARGEST_PLAN) {
        throw CommandFailure.wrongInput(name + " is larger than any plan: over 64 MiB");
      }
      List<Plan> plans = PlanReader.readAll(new String(bytes, StandardCharsets.UTF_8));
      if (plans.isEmpty()) {
        throw CommandFailure.wrongInput(
            name
                + " holds no plan: EXPLAIN gives none for a statement that has none, such as REFRESH");
      }
      return plans;
    } catch (IOException e) {
      throw CommandFailure.wrongInput(name + " cannot be read: " + FileProblem.of(e));
    } catch (PlanFormatException e) {
      throw CommandFailure.wrongInput(name + ": " + e.place() + ": " + e.getMessage());
    }
  }
}
