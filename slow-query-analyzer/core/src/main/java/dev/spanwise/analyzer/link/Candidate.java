package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A slow span that waits for its plan. */
final class Candidate {

  /** Rounding of both clocks, which are one on the same host. */
  static final long SLACK_NANOS = 1_000_000;

  /** From this precision on a neighbouring statement's plan may seem to lie inside a span. */
  private static final long COARSE_NANOS = 100_000_000;

  /**
   * From this share of its span on, a plan of another statement is what the span waited for: a
   * function's, for example.
   */
  private static final double MAIN_PART = 0.5;

  private final SlowSpan slow;

  private long latestEnd;
  private int ownPlans;
  private int otherPlans;
  private boolean contested;
  private boolean coarse;
  private @Nullable ExecutedPlan lastTaken;
  private @Nullable ExecutedPlan plan;

  Candidate(SlowSpan slow) {
    this.slow = slow;
  }

  long startNanos() {
    return slow.span().startNanos();
  }

  /** The latest end of this span and all that started before it. */
  long latestEndNanos() {
    return latestEnd;
  }

  void follows(long latestEndBefore) {
    latestEnd = Math.max(latestEndBefore, slow.span().endNanos());
  }

  boolean runs(@Nullable Statement statement) {
    DatabaseCall call = slow.span().call();
    return statement != null
        && call != null
        && call.statement() != null
        && call.statement().fingerprint() == statement.fingerprint();
  }

  /** Whether the execution may lie inside this span, given that the log cuts its end off. */
  boolean mayContain(ExecutedPlan executed) {
    long latestStart =
        executed.loggedNanos() + executed.precisionNanos() - executed.durationNanos();
    return latestStart >= slow.span().startNanos() - SLACK_NANOS
        && executed.loggedNanos() <= slow.span().endNanos() + SLACK_NANOS
        && executed.durationNanos() <= slow.span().durationNanos() + SLACK_NANOS;
  }

  /**
   * Takes a plan that may be this span's.
   *
   * @param isContested whether another span may have it as well
   */
  void take(ExecutedPlan executed, boolean isContested) {
    boolean own = runs(executed.statement());
    if (isTheSame(executed, lastTaken)
        || (!own && executed.statement() != null && !isMainPart(executed))) {
      return;
    }
    lastTaken = executed;
    contested |= isContested;
    coarse |= executed.precisionNanos() >= COARSE_NANOS;
    boolean first = own ? ownPlans == 0 : ownPlans == 0 && otherPlans == 0;
    ownPlans += own ? 1 : 0;
    otherPlans += own ? 0 : 1;
    if (first) {
      plan = executed;
    } else if (ownPlans != 1) {
      plan = null;
    }
  }

  /**
   * Whether two entries tell of one execution: a server may log in two forms, and a log be given
   * twice.
   */
  private static boolean isTheSame(ExecutedPlan executed, @Nullable ExecutedPlan other) {
    return other != null
        && executed.loggedNanos() == other.loggedNanos()
        && executed.durationNanos() == other.durationNanos()
        && Objects.equals(executed.statement(), other.statement());
  }

  boolean holdsPlan() {
    return plan != null;
  }

  /** Lets go of the plan; the link stays. */
  void dropPlan() {
    plan = null;
  }

  /** Whether its span is slow by itself. */
  boolean isSlow() {
    return !slow.repeated();
  }

  long durationNanos() {
    return slow.span().durationNanos();
  }

  QueryKey query() {
    return slow.query();
  }

  /** The link, or null where no plan came that may be this span's. */
  @Nullable Link link() {
    if (ownPlans == 0 && otherPlans == 0) {
      return null;
    }
    boolean one = ownPlans == 1 || (ownPlans == 0 && otherPlans == 1);
    if (!one || contested) {
      return new Link(slow, LinkMethod.BACKEND_PID, Confidence.AMBIGUOUS, null);
    }
    Confidence confidence = ownPlans == 1 && !coarse ? Confidence.EXACT : Confidence.PROBABLE;
    return new Link(slow, LinkMethod.BACKEND_PID, confidence, plan);
  }

  private boolean isMainPart(ExecutedPlan executed) {
    return executed.durationNanos() >= MAIN_PART * slow.span().durationNanos();
  }
}
