package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
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

  /** Bytes: larger than any real plan, and as a tree of nodes still within the default heap. */
  private static final int LARGEST_PLAN = 16 << 20;

  /** Bytes of an input that are looked at to tell whether it is a server's log. */
  private static final int LOG_SAMPLE = 64 << 10;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = {
        "The output of EXPLAIN; - for standard input.",
        "Without it the --database is asked for the plan of --sql."
      })
  private @Nullable String file;

  @Option(
      names = "--sql",
      paramLabel = "FILE",
      description =
          "The one statement that was explained, which EXPLAIN does not print: gives its fingerprint, and what --what-if plans again.")
  private @Nullable Path sql;

  @Option(
      names = "--analyze-selects",
      description =
          "Without FILE: executes the statement of --sql to measure its plan (EXPLAIN ANALYZE). Only a SELECT that writes nothing, locks no rows and calls no volatile function.")
  private boolean analyzeSelects;

  @Mixin private DatabaseOptions database;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    database.url();
    output.check();
    List<Plan> plans = file == null ? List.of(asked()) : withStatement(file, plans(file));
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

  /** The plan that the database gives. */
  private Plan asked() {
    if (sql == null) {
      throw CommandFailure.wrongInput(
          "name a FILE with the output of EXPLAIN, or a statement by --sql and a --database to ask for its plan");
    }
    String text = statement(sql);
    // A parameter has no value here: then the plan is the generic one.
    boolean complete = !Statement.hasNumberedParameter(text);
    @Nullable List<@Nullable String> parameters = complete ? List.of() : null;
    return withText(
        database.explain(new ExecutedStatement(text, parameters), analyzeSelects), text);
  }

  private List<Plan> withStatement(String plan, List<Plan> plans) {
    if (analyzeSelects) {
      throw CommandFailure.wrongInput(
          "--analyze-selects is for --sql without a file: " + InputFiles.name(plan) + " was given");
    }
    if (sql == null) {
      return plans;
    }
    if (plans.size() > 1) {
      throw CommandFailure.wrongInput(
          "--sql is for a single plan: " + InputFiles.name(plan) + " holds " + plans.size());
    }
    return List.of(withText(plans.get(0), statement(sql)));
  }

  private static String statement(Path statement) {
    try {
      if (!Files.isDirectory(statement) && Files.size(statement) > LARGEST_PLAN) {
        throw CommandFailure.wrongInput(statement + " is larger than any statement: over 16 MiB");
      }
      String text = Files.readString(statement).strip();
      if (text.isEmpty()) {
        throw CommandFailure.wrongInput(statement + " holds no statement");
      }
      return text;
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

  private static List<Plan> plans(String file) {
    try (InputStream in = InputFiles.open(file)) {
      return plans(InputFiles.name(file), in.readNBytes(LARGEST_PLAN + 1));
    } catch (IOException e) {
      throw InputFiles.cannotBeRead(file, FileProblem.of(e));
    }
  }

  private static List<Plan> plans(String name, byte[] bytes) {
    try {
      if (bytes.length > LARGEST_PLAN) {
        throw CommandFailure.wrongInput(
            name + " is larger than any plan: over 16 MiB" + hint(bytes));
      }
      List<Plan> plans = PlanReader.readAll(new String(bytes, StandardCharsets.UTF_8));
      if (plans.isEmpty()) {
        throw CommandFailure.wrongInput(
            name
                + " holds no plan: EXPLAIN gives none for a statement that has none, such as REFRESH");
      }
      return plans;
    } catch (PlanFormatException e) {
      throw CommandFailure.wrongInput(
          name + ": " + e.place() + ": " + e.getMessage() + hint(bytes));
    }
  }

  /** What to do with a server's log instead; empty where the input is none. */
  private static String hint(byte[] input) {
    return ServerLogReader.isLog(Arrays.copyOf(input, Math.min(input.length, LOG_SAMPLE)))
        ? "; it looks like a server's log: give that to spanwise analyze, by --postgres-log"
        : "";
  }
}
