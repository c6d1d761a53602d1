package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.plan.PlanFacts;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/** A slow span that waits for what the log says of it. For one thread. */
final class Candidate {

  /**
   * From this share of its span on, an execution of another statement is what the span waited for:
   * a function's, for example.
   */
  static final double MAIN_PART = 0.5;

  /** From this share of its span on, an execution is as long as the span: the rest is transport. */
  private static final double MOST = 0.8;

  private final SlowSpan slow;
  private final long allKeptFromNanos;
  private final Events events;
  private final Executions executions = new Executions();
  private @Nullable Match best;
  private @Nullable ExecutedPlan plan;
  private long planBytes;
  private @Nullable PlanFacts facts;

  /**
   * @param allKeptFromNanos all spans of the statement that took as long are looked at, and not all
   *     of those that took less
   */
  Candidate(SlowSpan slow, long allKeptFromNanos, Events events) {
    this.slow = slow;
    this.allKeptFromNanos = allKeptFromNanos;
    this.events = events;
  }

  SlowSpan slow() {
    return slow;
  }

  Span span() {
    return slow.span();
  }

  @Nullable Integer pid() {
    DatabaseCall call = span().call();
    return call == null ? null : call.backendPid();
  }

  @Nullable Statement statement() {
    DatabaseCall call = span().call();
    return call == null ? null : call.statement();
  }

  boolean ranOn(int backendPid) {
    return Integer.valueOf(backendPid).equals(pid());
  }

  boolean runs(@Nullable Statement other) {
    Statement statement = statement();
    return statement != null && other != null && statement.fingerprint() == other.fingerprint();
  }

  static boolean isExecution(ServerEvent event) {
    return event instanceof ExecutedPlan
        || (event instanceof StatementDuration step
            && (step.step() == StatementDuration.Step.SIMPLE
                || step.step() == StatementDuration.Step.EXECUTE));
  }

  /** How an entry may belong to this span; null where it does not. */
  @Nullable Match match(ServerEvent event, Window byClock, EntryNames names, ServerClock clock) {
    boolean own = runs(event.statement());
    Match.Backend backend =
        ranOn(event.backendPid())
            ? Match.Backend.SAME
            : pid() == null ? Match.Backend.UNKNOWN : Match.Backend.OTHER;
    Window window =
        backend == Match.Backend.SAME ? byClock : byClock.widenedBy(clock.residueNanos());
    Match.Place place = place(window, own && backend == Match.Backend.SAME && isExecution(event));
    if (place == null) {
      return null;
    }
    boolean another = !own && event.statement() != null;
    if (another && isExecution(event) && !isMainPart(window.durationNanos())) {
      return null;
    }
    boolean fits =
        window.durationNanos() >= MOST * span().durationNanos()
            && window.durationNanos() >= allKeptFromNanos;
    LinkMethod method = method(names, own, backend);
    return method == null
        ? null
        : new Match(
            method,
            backend,
            event.logged(),
            window,
            event instanceof ExecutedPlan,
            own,
            place,
            fits,
            clock.settled(),
            null);
  }

  private Match.@Nullable Place place(Window window, boolean mayOutlast) {
    if (window.mayLieIn(span())) {
      return window.surelyOverlaps(span()) ? Match.Place.SURELY_INSIDE : Match.Place.MAYBE_INSIDE;
    }
    return mayOutlast && window.surelyOutlasts(span()) ? Match.Place.OUTLASTS : null;
  }

  private @Nullable LinkMethod method(EntryNames names, boolean own, Match.Backend backend) {
    LinkMethod named = names.method(span());
    if (backend == Match.Backend.SAME) {
      return named == LinkMethod.TRACEPARENT ? named : LinkMethod.BACKEND_PID;
    }
    if (named != null && own) {
      return named;
    }
    boolean alike = own && backend == Match.Backend.UNKNOWN && names.mayBe(span().service());
    return alike ? LinkMethod.FINGERPRINT_AND_DURATION : null;
  }

  /** Whether another span is part of this one: two instrumentations told of one statement. */
  boolean encloses(Candidate other) {
    Span inner = other.span();
    if (!inner.traceId().equals(span().traceId())) {
      return false;
    }
    boolean within =
        span().startNanos() <= inner.startNanos()
            && inner.endNanos() <= span().endNanos()
            && inner.durationNanos() < span().durationNanos();
    boolean oneBackend = pid() != null && other.ranOn(pid());
    return inner.parentSpanId() == span().spanId() || (within && oneBackend);
  }

  /** Whether what took as long is what the span waited for. */
  boolean isMainPart(long nanos) {
    return nanos >= MAIN_PART * span().durationNanos();
  }

  /** Takes an execution, or what else the log says of this span. */
  void take(ServerEvent event, Match match) {
    boolean certain =
        match.contested() == null && match.backend() != Match.Backend.OTHER && match.settled();
    if (!(event instanceof ExecutedPlan) && certain && match.window().surelyEndsIn(span())) {
      events.add(event);
    }
    if (!isExecution(event)) {
      return;
    }
    executions.add(match);
    if (event instanceof ExecutedPlan executed) {
      hold(executed, match);
    }
  }

  /** Holds the plan that the link will show, if there is to be one. */
  private void hold(ExecutedPlan executed, Match match) {
    if (match.isByLikeness() && executions.areSeveral()) {
      // Likeness then decides nothing; what names the span still does.
      if (best != null && best.isByLikeness()) {
        plan = null;
        facts = null;
      }
      return;
    }
    boolean canBe = match.contested() == null && (match.fits() || !match.isByLikeness());
    if (canBe && (best == null || Executions.BEST_FIRST.compare(match, best) < 0)) {
      best = match;
      plan = executed;
      planBytes = executed.approximateBytes();
      facts = PlanFacts.of(executed.plan());
    }
  }

  Executions executions() {
    return executions;
  }

  Events events() {
    return events;
  }

  boolean holdsPlan() {
    return plan != null;
  }

  /** What the plan takes that is held, in bytes. */
  long planBytes() {
    return plan == null ? 0 : planBytes;
  }

  /** Lets go of the plan; the link stays, and so do the plan's facts. */
  void dropPlan() {
    plan = null;
  }

  /** The plan of an execution, if it is held. */
  @Nullable ExecutedPlan planOf(Match match) {
    return plan != null && plan.logged().equals(match.logged()) ? plan : null;
  }

  /** Facts of the plan of an execution, if it is or was held. */
  @Nullable PlanFacts factsOf(Match match) {
    return best != null && best.logged().equals(match.logged()) ? facts : null;
  }
}
