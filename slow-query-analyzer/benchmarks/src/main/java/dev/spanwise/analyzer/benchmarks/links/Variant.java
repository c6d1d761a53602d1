package dev.spanwise.analyzer.benchmarks.links;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.TraceContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the spans and the log tell of each other. */
enum Variant {
  PID("pid", true, Names.NONE, false, 0),
  PID_WHOLE_SECONDS("pid, whole seconds", true, Names.NONE, true, 0),
  PID_SKEW("pid, server 3 s ahead", true, Names.NONE, false, 3),
  PID_SKEW_WHOLE_SECONDS("pid, server 3 s ahead, whole seconds", true, Names.NONE, true, 3),
  COMMENT("comment", false, Names.COMMENT, false, 0),
  STALE_COMMENT("comment of prepared statements", false, Names.STALE_COMMENT, false, 0),
  PID_STALE_COMMENT("pid, comment of prepared statements", true, Names.STALE_COMMENT, false, 0),
  APPLICATION_NAME("application name", false, Names.APPLICATION_NAME, false, 0),
  NOTHING("nothing but statement and time", false, Names.NONE, false, 0),
  NOTHING_SKEW("the same, server 3 s ahead", false, Names.NONE, false, 3),
  NOTHING_WHOLE_SECONDS("the same, whole seconds", false, Names.NONE, true, 0);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Where the log names the span. */
  private enum Names {
    NONE,
    COMMENT,
    /** Each connection prepares each statement once, and keeps the comment of that call. */
    STALE_COMMENT,
    APPLICATION_NAME
  }

  private final String words;
  private final boolean withPid;
  private final Names names;
  private final boolean wholeSeconds;
  private final long secondsAhead;

  Variant(String words, boolean withPid, Names names, boolean wholeSeconds, long secondsAhead) {
    this.words = words;
    this.withPid = withPid;
    this.names = names;
    this.wholeSeconds = wholeSeconds;
    this.secondsAhead = secondsAhead;
  }

  String words() {
    return words;
  }

  boolean withPid() {
    return withPid;
  }

  /**
   * The entry as this variant's log has it.
   *
   * @param laterNanos by how much later than recorded
   * @param call the call that it is of
   * @param prepared of each connection and statement the first call
   */
  ExecutedPlan entry(
      ExecutedPlan recorded, long laterNanos, Call call, Map<Prepared, Call> prepared) {
    Logged logged = recorded.logged();
    long at = logged.atNanos() + laterNanos + secondsAhead * SECOND;
    return new ExecutedPlan(
        new Logged(
            logged.source(),
            logged.place(),
            logged.backendPid(),
            wholeSeconds ? Math.floorDiv(at, SECOND) * SECOND : at,
            wholeSeconds ? SECOND : logged.precisionNanos(),
            names == Names.APPLICATION_NAME ? traceparent(call.context()) : "api",
            logged.statement(),
            context(call, prepared)),
        recorded.durationNanos(),
        recorded.plan());
  }

  private @Nullable TraceContext context(Call call, Map<Prepared, Call> prepared) {
    return switch (names) {
      case NONE, APPLICATION_NAME -> null;
      case COMMENT -> call.context();
      case STALE_COMMENT ->
          prepared.getOrDefault(new Prepared(call.pid(), call.shape()), call).context();
    };
  }

  private static String traceparent(TraceContext context) {
    return "00-" + context.traceId() + "-" + Span.format(context.spanId()) + "-01";
  }

  /** A statement that a connection prepared. */
  record Prepared(int pid, Shape shape) {}
}
