package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the spans that an entry may belong to. For one thread. */
final class SpanIndex {

  private static final Timeline NONE = new Timeline();

  private final List<Candidate> all;
  private final Map<Integer, Timeline> byPid = new HashMap<>();
  private final Map<Long, Timeline> byStatement = new HashMap<>();

  /** By its own id and by its parent's. */
  private final Map<Long, List<Candidate>> bySpanId = new HashMap<>();

  private final Set<String> services = new HashSet<>();
  private final Set<Integer> pidsLogged = new HashSet<>();

  SpanIndex(List<Candidate> all) {
    this.all = all;
    for (Candidate candidate : all) {
      if (candidate.pid() != null) {
        byPid.computeIfAbsent(candidate.pid(), pid -> new Timeline()).add(candidate);
      }
      if (candidate.statement() != null) {
        byStatement
            .computeIfAbsent(candidate.statement().fingerprint(), statement -> new Timeline())
            .add(candidate);
      }
      named(candidate.span().spanId()).add(candidate);
      if (!candidate.span().isRoot()) {
        named(candidate.span().parentSpanId()).add(candidate);
      }
      if (candidate.span().service() != null) {
        services.add(candidate.span().service());
      }
    }
    byPid.values().forEach(Timeline::order);
    byStatement.values().forEach(Timeline::order);
  }

  private List<Candidate> named(long spanId) {
    return bySpanId.computeIfAbsent(spanId, id -> new ArrayList<>(1));
  }

  List<Candidate> all() {
    return all;
  }

  boolean isService(@Nullable String name) {
    return name != null && services.contains(name);
  }

  /** Notes that a log has entries of this backend. */
  void sees(int pid) {
    if (byPid.containsKey(pid)) {
      pidsLogged.add(pid);
    }
  }

  /** Whether a log has entries of this backend: behind a pooler none has. */
  boolean isLogged(int pid) {
    return pidsLogged.contains(pid);
  }

  Set<Integer> pidsLogged() {
    return pidsLogged;
  }

  /** Whether an entry may belong to any span; seldom says so where it does not. */
  boolean mayConcern(ServerEvent event, long fromNanos, long toNanos) {
    return ofBackend(event).mayHoldAny(fromNanos, toNanos)
        || ofStatement(event.statement()).mayHoldAny(fromNanos, toNanos);
  }

  /** Hands over each span that ran on an entry's backend, or that ran its statement, at a time. */
  void near(ServerEvent event, long fromNanos, long toNanos, Consumer<Candidate> receiver) {
    ofBackend(event).overlapping(fromNanos, toNanos, receiver);
    ofStatement(event.statement())
        .overlapping(
            fromNanos,
            toNanos,
            candidate -> {
              if (!candidate.ranOn(event.backendPid())) {
                receiver.accept(candidate);
              }
            });
  }

  /** Whether an entry names any span by its id. */
  boolean isNamed(SpanName name) {
    return bySpanId.getOrDefault(name.spanId(), List.of()).stream()
        .anyMatch(candidate -> name.names(candidate.span()));
  }

  private Timeline ofBackend(ServerEvent event) {
    return byPid.getOrDefault(event.backendPid(), NONE);
  }

  private Timeline ofStatement(@Nullable Statement statement) {
    return statement == null ? NONE : byStatement.getOrDefault(statement.fingerprint(), NONE);
  }
}
