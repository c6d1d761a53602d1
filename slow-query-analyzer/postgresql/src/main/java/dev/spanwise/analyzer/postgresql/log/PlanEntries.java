package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns auto_explain's entries into plans. See <a
 * href="https://www.postgresql.org/docs/current/auto-explain.html">auto_explain</a>: its message is
 * never translated.
 */
final class PlanEntries {

  /** In stderr format, log_error_verbosity = verbose puts the SQLSTATE before it. */
  private static final Pattern FIRST_LINE =
      Pattern.compile("(?:[0-9A-Z]{5}: )?duration: (\\d{1,15}(?:\\.\\d{1,6})?) ms  plan:\\s*");

  private static final int ZONES_REPORTED = 20;

  private final String source;
  private final TimeZones zones;
  private final Consumer<ExecutedPlan> plans;
  private final Consumer<Rejection> rejections;
  private final Set<String> timesRefused = new HashSet<>();

  PlanEntries(
      String source,
      ServerLogOptions options,
      Consumer<ExecutedPlan> plans,
      Consumer<Rejection> rejections) {
    this.source = source;
    this.zones = new TimeZones(options.zone());
    this.plans = plans;
    this.rejections = rejections;
  }

  /** How long the executor ran, if {@code firstLine} is auto_explain's; null if it is not. */
  static @Nullable Long durationNanos(String firstLine) {
    Matcher matcher = FIRST_LINE.matcher(firstLine);
    return matcher.matches()
        ? new BigDecimal(matcher.group(1)).movePointRight(6).longValue()
        : null;
  }

  /**
   * @param last whether the input ends after the entry, so that it may be cut off
   */
  void accept(
      long line,
      String printedTime,
      @Nullable Integer pid,
      long durationNanos,
      String planText,
      boolean last) {
    if (pid == null) {
      reject(line, "the entry has no process id");
      return;
    }
    try {
      LogTime time = LogTime.parse(printedTime, zones);
      Plan plan = PlanReader.read(planText);
      String text = plan.queryText();
      plans.accept(
          new ExecutedPlan(
              new Logged(
                  source,
                  "line " + line,
                  pid,
                  time.nanos(),
                  time.precisionNanos(),
                  null,
                  text == null ? null : Statement.of(text),
                  null),
              durationNanos,
              plan));
    } catch (PlanFormatException e) {
      String cutOff = last ? "; it is the last entry and may be cut off" : "";
      reject(line, "the plan cannot be read: " + e.place() + ": " + e.getMessage() + cutOff);
    } catch (LogTime.UnreadableException e) {
      rejectOnce(line, String.valueOf(e.getMessage()));
    }
  }

  void reject(long line, String reason) {
    rejections.accept(new Rejection(source, "line " + line, reason));
  }

  private void rejectOnce(long line, String reason) {
    if (timesRefused.size() < ZONES_REPORTED && timesRefused.add(reason)) {
      reject(line, reason);
    }
  }
}
