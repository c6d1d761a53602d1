package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.report.ReportAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--sql",
      paramLabel = "FILE",
      description =
          "The one statement that was explained, which EXPLAIN does not print: gives its fingerprint, and what --what-if plans again.")
  private @Nullable Path sql;

  @Mixin private DatabaseOptions database;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    database.url();
    output.check();
    List<Plan> plans = withStatement(plans());
    if (database.proves() && plans.stream().allMatch(plan -> plan.queryText() == null)) {
      spec.commandLine()
          .getErr()
          .println(
              "spanwise: --what-if can prove nothing: EXPLAIN's output does not hold its statement; name a file with it by --sql");
    }
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

  private List<Plan> withStatement(List<Plan> plans) {
    Path statement = sql;
    if (statement == null) {
      return plans;
    }
    if (plans.size() > 1) {
      throw CommandFailure.wrongInput(
          "--sql is for a single plan: " + InputFiles.name(file) + " holds " + plans.size());
    }
    try {
      if (!Files.isDirectory(statement) && Files.size(statement) > LARGEST_PLAN) {
        throw CommandFailure.wrongInput(statement + " is larger than any statement: over 64 MiB");
      }
      String text = Files.readString(statement).strip();
      if (text.isEmpty()) {
        throw CommandFailure.wrongInput(statement + " holds no statement");
      }
      return List.of(withText(plans.get(0), text));
    } catch (MalformedInputException e) {
      throw InputFiles.cannotBeRead(statement.toString(), "it is not UTF-8 text");
    } catch (IOException e) {
      throw InputFiles.cannotBeRead(statement.toString(), FileProblem.of(e));
    }
  }

  private static Plan withText(Plan plan, String statement) {
    return new Plan(
        plan.root(),
        statement,
        plan.parameters(),
        plan.queryId(),
        plan.planningMs(),
        plan.executionMs(),
        plan.jitMs(),
        plan.settings(),
        plan.triggers(),
        plan.details());
  }

  private List<Plan> plans() {
    String name = InputFiles.name(file);
    try (InputStream in = InputFiles.open(file)) {
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
      throw InputFiles.cannotBeRead(file, FileProblem.of(e));
    } catch (PlanFormatException e) {
      throw CommandFailure.wrongInput(name + ": " + e.place() + ": " + e.getMessage());
    }
  }
}
