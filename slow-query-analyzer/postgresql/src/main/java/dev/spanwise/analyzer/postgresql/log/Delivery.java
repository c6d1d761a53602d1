package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.input.Rejection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands outcomes over in the order of the log, and joins a duration that was logged without its
 * statement to the statement that the backend logged when it began ({@code log_statement}) and that
 * has not failed since. For one thread.
 */
final class Delivery {

  /** Reasons that are told once; each of them has few forms. */
  private static final int REASONS_HELD = 20;

  /** Statements that have begun, the latest of as many backends. */
  private static final int BEGUN_HELD = 500;

  /** How late a busy server may write the line of a duration, which then seems to begin later. */
  private static final long LATE_NANOS = 5_000_000;

  private final String source;
  private final StrayLines strays;
  private final Consumer<ServerEvent> events;
  private final Consumer<Rejection> rejections;
  private final Set<String> reasonsTold = new HashSet<>();
  private @Nullable String suspicion;
  private boolean refused;
  private final Map<Integer, Outcome.Begun> begun = new LinkedHashMap<>();

  Delivery(String source, Consumer<ServerEvent> events, Consumer<Rejection> rejections) {
    this.source = source;
    this.strays = new StrayLines(source, rejections);
    this.events = events;
    this.rejections = rejections;
  }

  /**
   * Has {@code reason} told of line 1 if an entry or a line cannot be read, before that: what only
   * looks like another program's log may be read as a whole.
   */
  void tellBeforeWhatIsNotRead(String reason) {
    suspicion = reason;
  }

  void accept(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Stray) {
      refused = true;
      if (suspicion != null) {
        rejections.accept(new Rejection(source, "line 1", suspicion));
        suspicion = null;
      }
    }
    if (outcome instanceof Outcome.Event event) {
      events.accept(joined(event.event()));
    } else if (outcome instanceof Outcome.Begun statement) {
      remember(statement);
    } else if (outcome instanceof Outcome.Failed failed) {
      begun.remove(failed.backendPid());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      reject(rejected);
    } else if (outcome instanceof Outcome.Stray stray) {
      strays.add(stray.line(), stray.reason());
    } else {
      strays.entrySeen();
    }
  }

  /**
   * The input has ended.
   *
   * @param reasonWithoutEntries why an input without any entry is none of a server's; null where it
   *     has been told
   */
  void end(@Nullable String reasonWithoutEntries) {
    strays.end(reasonWithoutEntries);
  }

  /** False where something was read and none of it is an entry of a server's log. */
  boolean isServerLog() {
    return strays.anyEntrySeen() || !refused;
  }

  private void reject(Outcome.Rejected rejected) {
    boolean known = rejected.once() && reasonsTold.contains(rejected.reason());
    if (known || (rejected.once() && reasonsTold.size() >= REASONS_HELD)) {
      return;
    }
    if (rejected.once()) {
      reasonsTold.add(rejected.reason());
    }
    rejections.accept(new Rejection(source, "line " + rejected.line(), rejected.reason()));
  }

  private void remember(Outcome.Begun statement) {
    begun.remove(statement.backendPid());
    begun.put(statement.backendPid(), statement);
    if (begun.size() > BEGUN_HELD) {
      begun.remove(begun.keySet().iterator().next());
    }
  }

  private ServerEvent joined(ServerEvent event) {
    if (!(event instanceof StatementDuration duration)
        || duration.statement() != null
        || !isOfStatement(duration)) {
      return event;
    }
    Outcome.Begun statement = begun.remove(event.backendPid());
    if (statement == null || endedBefore(duration, statement)) {
      return event;
    }
    Logged bare = duration.logged();
    return new StatementDuration(
        new Logged(
            bare.source(),
            bare.place(),
            bare.backendPid(),
            bare.atNanos(),
            bare.precisionNanos(),
            bare.applicationName(),
            statement.statement(),
            statement.traceContext()),
        statement.step(),
        duration.durationNanos());
  }

  /** Whether what had begun was over, untold, when that of a duration began. */
  private static boolean endedBefore(StatementDuration duration, Outcome.Begun statement) {
    long start = duration.loggedNanos() - duration.durationNanos();
    return statement.atNanos() + statement.precisionNanos() + LATE_NANOS <= start;
  }

  /** Parsing and binding are logged before the statement is. */
  private static boolean isOfStatement(StatementDuration duration) {
    return duration.step() != StatementDuration.Step.PARSE
        && duration.step() != StatementDuration.Step.BIND;
  }
}
