package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an entry is by its message, and reads it. Messages that it does not know are passed
 * over. Thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/auto-explain.html">auto_explain</a>, whose
 *     message is never translated
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Error
 *     Reporting and Logging</a>
 */
final class EntryReader {

  private static final Pattern TEMPORARY_FILE =
      Pattern.compile(
          Messages.TEMPORARY_FILE + "path \".*\", size (\\d{1,18})\\s*", Pattern.DOTALL);

  /** What the server prints where a session has no application_name. */
  private static final String UNKNOWN = "[unknown]";

  private final String source;
  private final TimeZones zones;

  EntryReader(String source, ServerLogOptions options) {
    this.source = source;
    this.zones = new TimeZones(options.zone());
  }

  void read(LogEntry entry, Outcomes outcomes) {
    String message = entry.message();
    if (message.startsWith(Messages.DURATION)) {
      DurationMessage duration = DurationMessage.of(message);
      if (duration != null) {
        read(entry, duration, outcomes);
      }
    } else if (Messages.begins(message)) {
      begun(entry, message, outcomes);
    } else if (message.startsWith(Messages.PROCESS)) {
      LockWaitMessage wait = LockWaitMessage.of(message, entry.detail());
      if (wait != null) {
        withHead(entry, entry.statement(), outcomes, head -> outcomes.event(wait.event(head)));
      }
    } else if (message.startsWith(Messages.TEMPORARY_FILE)) {
      Matcher file = TEMPORARY_FILE.matcher(message);
      if (file.matches()) {
        long bytes = Long.parseLong(file.group(1));
        withHead(
            entry,
            entry.statement(),
            outcomes,
            head -> outcomes.event(new TemporaryFile(head, bytes)));
      }
    } else if (Messages.isForeignDuration(message)) {
      outcomes.rejectOnce(entry.line(), Messages.FOREIGN);
    }
  }

  private void read(LogEntry entry, DurationMessage duration, Outcomes outcomes) {
    String planText = duration.plan();
    if (planText == null) {
      String text = duration.statement() == null ? entry.statement() : duration.statement();
      Step step = duration.step() == null ? step(entry.commandTag()) : duration.step();
      withHead(entry, text, outcomes, head -> outcomes.event(duration.event(head, step)));
      return;
    }
    try {
      Plan plan = PlanReader.read(planText);
      withHead(
          entry,
          plan.queryText(),
          outcomes,
          head -> outcomes.event(new ExecutedPlan(head, duration.nanos(), plan)));
    } catch (PlanFormatException e) {
      String cutOff = entry.last() ? "; it is the last entry and may be cut off" : "";
      outcomes.reject(
          entry.line(), "the plan cannot be read: " + e.place() + ": " + e.getMessage() + cutOff);
    }
  }

  /** csvlog and jsonlog name the step where the message does not. */
  private static @Nullable Step step(@Nullable String commandTag) {
    if (commandTag == null) {
      return null;
    }
    return switch (commandTag) {
      case "PARSE" -> Step.PARSE;
      case "BIND" -> Step.BIND;
      default -> null;
    };
  }

  private void begun(LogEntry entry, String message, Outcomes outcomes) {
    Integer pid = entry.backendPid();
    int textAt = message.indexOf(": ") + 2;
    if (pid == null || textAt <= 1) {
      return;
    }
    String text = message.substring(textAt);
    boolean simple = message.startsWith(Messages.STATEMENT);
    try {
      LogTime time = LogTime.parse(entry.time(), zones);
      outcomes.begun(
          new Outcome.Begun(
              pid,
              time.nanos(),
              time.precisionNanos(),
              simple ? Step.SIMPLE : Step.EXECUTE,
              Statement.of(text),
              TraceComment.in(text)));
    } catch (LogTime.UnreadableException e) {
      outcomes.rejectOnce(entry.line(), String.valueOf(e.getMessage()));
    }
  }

  @FunctionalInterface
  private interface HeadConsumer {
    void accept(Logged head);
  }

  private void withHead(
      LogEntry entry, @Nullable String statement, Outcomes outcomes, HeadConsumer event) {
    Integer pid = entry.leaderPid() == null ? entry.backendPid() : entry.leaderPid();
    if (pid == null) {
      outcomes.reject(entry.line(), "the entry has no process id");
      return;
    }
    String application = entry.applicationName();
    try {
      LogTime time = LogTime.parse(entry.time(), zones);
      event.accept(
          new Logged(
              source,
              "line " + entry.line(),
              pid,
              time.nanos(),
              time.precisionNanos(),
              application == null || application.isEmpty() || application.equals(UNKNOWN)
                  ? null
                  : application,
              statement == null ? null : Statement.of(statement),
              statement == null ? null : TraceComment.in(statement)));
    } catch (LogTime.UnreadableException e) {
      outcomes.rejectOnce(entry.line(), String.valueOf(e.getMessage()));
    }
  }
}
