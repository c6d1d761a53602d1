package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code duration: 1.234 ms} and what follows: nothing, a plan, or the statement after what was
 * done with it.
 *
 * @param nanos the duration
 * @param step what took so long; null where the message does not say it, and for a plan
 * @param statement its text; null where the message has none
 * @param plan the text of auto_explain's plan; null for another message
 */
record DurationMessage(
    long nanos, @Nullable Step step, @Nullable String statement, @Nullable String plan) {

  private static final Pattern FIRST =
      Pattern.compile(
          Messages.DURATION
              + "(\\d{1,12}(?:\\.\\d{1,6})?) ms"
              + "(?:  (?:(plan):\\s*|(statement): |(parse|bind|execute) .*?: |fastpath ))?");

  /** Reads it; null where it is something else that begins alike. */
  static @Nullable DurationMessage of(String message) {
    Matcher matcher = FIRST.matcher(message);
    if (!matcher.lookingAt()) {
      return null;
    }
    long nanos = new BigDecimal(matcher.group(1)).movePointRight(6).longValue();
    String rest = message.substring(matcher.end());
    if (matcher.group(2) != null) {
      return new DurationMessage(nanos, null, null, rest);
    }
    if (matcher.group(3) != null) {
      return new DurationMessage(nanos, Step.SIMPLE, rest, null);
    }
    String step = matcher.group(4);
    if (step != null) {
      return new DurationMessage(nanos, step(step), rest, null);
    }
    // A fastpath call, or a step whose name was not understood: what it did is not known.
    return new DurationMessage(nanos, null, null, null);
  }

  private static Step step(String word) {
    return switch (word) {
      case "parse" -> Step.PARSE;
      case "bind" -> Step.BIND;
      default -> Step.EXECUTE;
    };
  }

  StatementDuration event(Logged head, @Nullable Step known) {
    return new StatementDuration(head, known, nanos);
  }
}
