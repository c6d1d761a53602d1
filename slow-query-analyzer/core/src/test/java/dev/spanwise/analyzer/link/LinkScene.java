package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.Estimate;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Position;
import dev.spanwise.analyzer.plan.Target;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Spans, and entries of servers' logs; times are milliseconds. */
final class LinkScene {

  static final long MS = 1_000_000;
  static final String SQL = "SELECT * FROM trades WHERE account_id = $1";
  static final String OTHER = "SELECT count(*) FROM quotes";

  private static final Plan PLAN =
      new Plan(
          new PlanNode(
              "/Plan",
              NodeType.RESULT,
              "Result",
              Position.ROOT,
              Target.NONE,
              Conditions.NONE,
              List.of(),
              List.of(),
              new Estimate(0, 1, 1, 4),
              null,
              null,
              Map.of(),
              List.of()),
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          List.of(),
          Map.of());

  private final List<Call> calls = new ArrayList<>();
  private final List<ServerEvent> events = new ArrayList<>();
  private long slowerThanMs = 5;
  private long slowCallsNotKept;

  /** A span of its own trace, whose parent's id is its own and 1,000. */
  Call call(long id, long startMs, long endMs) {
    Call call = new Call(id, startMs, endMs);
    calls.add(call);
    return call;
  }

  /** A plan in a log that is cut off to milliseconds. */
  Entry plan(int pid, long loggedMs, long durationMs) {
    return new Entry(pid, loggedMs * MS, durationMs * MS);
  }

  LinkScene offer(Entry... entries) {
    for (Entry entry : entries) {
      events.add(entry.plan());
    }
    return this;
  }

  LinkScene offer(ServerEvent event) {
    events.add(event);
    return this;
  }

  LinkScene slowerThan(long ms) {
    slowerThanMs = ms;
    return this;
  }

  /** More calls of each statement were slow, and faster than those that are here. */
  LinkScene moreSlowCalls(long notKept) {
    slowCallsNotKept = notKept;
    return this;
  }

  Workload workload() {
    Map<QueryKey, List<SlowSpan>> byQuery = new LinkedHashMap<>();
    for (Call call : calls) {
      Span span = call.span();
      QueryKey key = new QueryKey(Statement.of(call.sql).fingerprint(), span.service(), null, null);
      byQuery.computeIfAbsent(key, unseen -> new ArrayList<>()).add(new SlowSpan(key, span));
    }
    List<Query> queries = new ArrayList<>();
    byQuery.forEach(
        (key, slow) ->
            queries.add(
                new Query(
                    key,
                    DatabaseSystem.POSTGRESQL,
                    "",
                    slow.size(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    slow.size() + slowCallsNotKept,
                    0,
                    slow,
                    null,
                    null,
                    List.of(),
                    null)));
    return new Workload(
        calls.size(), calls.size(), slowerThanMs * MS, queries, 0, 0, 0, List.of(), List.of());
  }

  Links links() {
    PlanLinker linker = new PlanLinker(workload());
    events.forEach(linker::offer);
    return linker.links();
  }

  /** The link of a span; null where it has none. */
  @Nullable Link link(long spanId) {
    return links().links().stream()
        .filter(link -> link.span().span().spanId() == spanId)
        .findFirst()
        .orElse(null);
  }

  /** The entry of a link that has one. */
  static Logged entry(Link link) {
    return Objects.requireNonNull(link.logged());
  }

  /** The plan of a link that has one. */
  static ExecutedPlan plan(Link link) {
    return Objects.requireNonNull(link.plan());
  }

  /** A span in the making. */
  static final class Call {
    private final long id;
    private final long startMs;
    private final long endMs;
    private TraceId trace;
    private long parent;
    private String sql = SQL;
    private String service = "api";
    private @Nullable Integer pid;

    private Call(long id, long startMs, long endMs) {
      this.id = id;
      this.startMs = startMs;
      this.endMs = endMs;
      this.trace = new TraceId(1, id);
      this.parent = id + 1_000;
    }

    Call on(int backendPid) {
      pid = backendPid;
      return this;
    }

    Call under(long parentId, TraceId traceId) {
      parent = parentId;
      trace = traceId;
      return this;
    }

    Call running(String statement) {
      sql = statement;
      return this;
    }

    Call of(String serviceName) {
      service = serviceName;
      return this;
    }

    private Span span() {
      return new Span(
          trace,
          id,
          parent,
          service,
          "span",
          SpanKind.CLIENT,
          startMs * MS,
          endMs * MS,
          false,
          null,
          null,
          new DatabaseCall(DatabaseSystem.POSTGRESQL, Statement.of(sql), null, pid),
          null,
          SpanLinks.NONE);
    }
  }

  /** An entry in the making. */
  static final class Entry {
    private final int pid;
    private final long loggedNanos;
    private final long durationNanos;
    private String source = "postgresql.log";
    private long precisionNanos = MS;
    private long line;
    private String sql = SQL;
    private Plan printed = PLAN;
    private @Nullable String applicationName;
    private @Nullable TraceContext context;

    private Entry(int pid, long loggedNanos, long durationNanos) {
      this.pid = pid;
      this.loggedNanos = loggedNanos;
      this.durationNanos = durationNanos;
      this.line = loggedNanos;
    }

    /** Where it stands, if another entry was written in the same millisecond. */
    Entry at(long lineNumber) {
      line = lineNumber;
      return this;
    }

    Entry running(String statement) {
      sql = statement;
      return this;
    }

    Entry in(String log) {
      source = log;
      return this;
    }

    Entry inWholeSeconds() {
      Entry coarse = new Entry(pid, loggedNanos / (1_000 * MS) * (1_000 * MS), durationNanos);
      coarse.precisionNanos = 1_000 * MS;
      coarse.source = source;
      coarse.sql = sql;
      coarse.context = context;
      coarse.applicationName = applicationName;
      return coarse;
    }

    /** With the comment that OpenTelemetry puts to the statement of a call: it names its parent. */
    Entry commented(long callId) {
      context = new TraceContext(new TraceId(1, callId), callId + 1_000);
      return this;
    }

    Entry application(String name) {
      applicationName = name;
      return this;
    }

    Logged logged() {
      return new Logged(
          source,
          "line " + line,
          pid,
          loggedNanos,
          precisionNanos,
          applicationName,
          Statement.of(sql),
          context);
    }

    /** With its statement's text, of as many characters. */
    Entry printing(int characters) {
      printed =
          new Plan(
              PLAN.root(),
              "x".repeat(characters),
              null,
              null,
              null,
              null,
              null,
              Map.of(),
              List.of(),
              Map.of());
      return this;
    }

    /** The duration alone, as log_min_duration_statement has it. */
    StatementDuration duration() {
      return new StatementDuration(logged(), StatementDuration.Step.EXECUTE, durationNanos);
    }

    ExecutedPlan plan() {
      return new ExecutedPlan(logged(), durationNanos, printed);
    }
  }
}
