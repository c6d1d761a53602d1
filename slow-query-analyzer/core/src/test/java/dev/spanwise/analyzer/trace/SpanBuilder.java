package dev.spanwise.analyzer.trace;

import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span of any kind, for tests; times are microseconds. */
public final class SpanBuilder {

  private static final long START_NANOS = 1_795_340_000_000_000_000L;

  private final TraceId trace;
  private final long id;
  private final String service;
  private final SpanKind kind;
  private final String name;
  private final List<SpanLink> links = new ArrayList<>();
  private long parent;
  private long startMicros;
  private long endMicros = 1;
  private boolean failed;
  private @Nullable String route;
  private @Nullable String read;
  private @Nullable DatabaseCall call;
  private @Nullable Messaging messaging;

  public SpanBuilder(TraceId trace, long id, String service, SpanKind kind, String name) {
    this.trace = trace;
    this.id = id;
    this.service = service;
    this.kind = kind;
    this.name = name;
  }

  public SpanBuilder under(long parentId) {
    parent = parentId;
    return this;
  }

  public SpanBuilder at(long fromMicros, long toMicros) {
    startMicros = fromMicros;
    endMicros = toMicros;
    return this;
  }

  public SpanBuilder route(String request) {
    route = request;
    return this;
  }

  public SpanBuilder read(String namedRead) {
    read = namedRead;
    return this;
  }

  public SpanBuilder sql(String statement) {
    call = new DatabaseCall(DatabaseSystem.POSTGRESQL, Statement.of(statement), null, 4711);
    return this;
  }

  public SpanBuilder command(String command) {
    call = new DatabaseCall(DatabaseSystem.OTHER, null, command, null);
    return this;
  }

  public SpanBuilder message(
      String system, String operation, String destination, @Nullable String consumerGroup) {
    messaging = new Messaging(system, operation, destination, consumerGroup);
    return this;
  }

  public SpanBuilder link(TraceId linkedTrace, long linkedSpan) {
    links.add(new SpanLink(linkedTrace, linkedSpan));
    return this;
  }

  public SpanBuilder failed() {
    failed = true;
    return this;
  }

  public Span build() {
    return new Span(
        trace,
        id,
        parent,
        service,
        name,
        kind,
        START_NANOS + startMicros * 1_000,
        START_NANOS + endMicros * 1_000,
        failed,
        route,
        read,
        call,
        messaging,
        links.isEmpty() ? SpanLinks.NONE : new SpanLinks(links, 0));
  }
}
