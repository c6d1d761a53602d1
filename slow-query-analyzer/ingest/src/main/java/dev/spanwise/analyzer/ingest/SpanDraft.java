package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Messaging;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLink;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one span that is being read. Both decoders fill it, so that both judge a span alike.
 *
 * <p>Reused from span to span; not thread-safe.
 */
final class SpanDraft {

  /** Each kind at the number that OTLP gives it. */
  private static final SpanKind[] KINDS = SpanKind.values();

  private static final int STATUS_ERROR = 2;

  private final Texts texts;
  private final Utf8 name = new Utf8();
  private final Utf8 route = new Utf8();
  private final Utf8 method = new Utf8();
  private final Utf8 olderMethod = new Utf8();
  private final Utf8 read = new Utf8();
  private final Utf8 system = new Utf8();
  private final Utf8 olderSystem = new Utf8();
  private final Utf8 query = new Utf8();
  private final Utf8 olderQuery = new Utf8();
  private final Utf8 command = new Utf8();
  private final Utf8 olderCommand = new Utf8();
  private final Utf8 messagingSystem = new Utf8();
  private final Utf8 messagingOperation = new Utf8();
  private final Utf8 olderMessagingOperation = new Utf8();
  private final Utf8 destination = new Utf8();
  private final Utf8 consumerGroup = new Utf8();
  private final Utf8 olderConsumerGroup = new Utf8();
  private final List<SpanLink> links = new ArrayList<>();
  private int linksOmitted;
  private long traceIdHigh;
  private long traceIdLow;
  private long spanId;
  private long parentSpanId;
  private SpanKind kind = SpanKind.UNSPECIFIED;
  private long startNanos;
  private long endNanos;
  private boolean failed;
  private @Nullable Integer backendPid;
  private @Nullable Long returnedRows;
  private @Nullable String flaw;

  SpanDraft(Texts texts) {
    this.texts = texts;
  }

  void clear() {
    name.clear();
    route.clear();
    method.clear();
    olderMethod.clear();
    read.clear();
    system.clear();
    olderSystem.clear();
    query.clear();
    olderQuery.clear();
    command.clear();
    olderCommand.clear();
    messagingSystem.clear();
    messagingOperation.clear();
    olderMessagingOperation.clear();
    destination.clear();
    consumerGroup.clear();
    olderConsumerGroup.clear();
    links.clear();
    linksOmitted = 0;
    traceIdHigh = 0;
    traceIdLow = 0;
    spanId = 0;
    parentSpanId = 0;
    kind = SpanKind.UNSPECIFIED;
    startNanos = 0;
    endNanos = 0;
    failed = false;
    backendPid = null;
    returnedRows = null;
    flaw = null;
  }

  Utf8 name() {
    return name;
  }

  void traceId(long high, long low) {
    traceIdHigh = high;
    traceIdLow = low;
  }

  void spanId(long id) {
    spanId = id;
  }

  void parentSpanId(long id) {
    parentSpanId = id;
  }

  /**
   * @param number the number of {@code Span.SpanKind}; the specification has an unknown one mean
   *     unspecified
   */
  void kind(int number) {
    kind = number > 0 && number < KINDS.length ? KINDS[number] : SpanKind.UNSPECIFIED;
  }

  void startNanos(long nanos) {
    startNanos = nanos;
  }

  void endNanos(long nanos) {
    endNanos = nanos;
  }

  /**
   * @param code the number of {@code Status.StatusCode}
   */
  void statusCode(int code) {
    failed = code == STATUS_ERROR;
  }

  /** Takes a link; one that names no span is counted, and the span stays valid. */
  void link(long high, long low, long linkedSpanId) {
    if ((high | low) == 0 || linkedSpanId == 0 || links.size() == SpanLinks.MOST) {
      linksOmitted++;
    } else {
      links.add(new SpanLink(new TraceId(high, low), linkedSpanId));
    }
  }

  /** Makes the span invalid; the first reason stands. */
  void reject(String reason) {
    if (flaw == null) {
      flaw = reason;
    }
  }

  /** Takes an attribute; a number that cannot be what it should is passed over. */
  void attribute(Attribute attribute, AttributeValue value) {
    switch (attribute) {
      case DB_OPERATION_NAME -> command.set(value.text());
      case DB_QUERY_TEXT -> query.set(value.text());
      case DB_RESPONSE_RETURNED_ROWS -> {
        long rows = value.toNumber();
        returnedRows = rows > 0 ? (Long) rows : null;
      }
      case DB_SYSTEM_NAME -> system.set(value.text());
      case HTTP_REQUEST_METHOD -> method.set(value.text());
      case HTTP_ROUTE -> route.set(value.text());
      case MESSAGING_CONSUMER_GROUP_NAME -> consumerGroup.set(value.text());
      case MESSAGING_DESTINATION_NAME -> destination.set(value.text());
      case MESSAGING_OPERATION_NAME -> messagingOperation.set(value.text());
      case MESSAGING_SYSTEM -> messagingSystem.set(value.text());
      case READ_NAME -> read.set(value.text());
      case OLDER_DB_OPERATION -> olderCommand.set(value.text());
      case OLDER_DB_STATEMENT -> olderQuery.set(value.text());
      case OLDER_DB_SYSTEM -> olderSystem.set(value.text());
      case OLDER_HTTP_METHOD -> olderMethod.set(value.text());
      case OLDER_MESSAGING_CONSUMER_GROUP -> olderConsumerGroup.set(value.text());
      case OLDER_MESSAGING_OPERATION -> olderMessagingOperation.set(value.text());
      case POSTGRESQL_PID -> {
        long pid = value.toNumber();
        backendPid = pid > 0 && pid <= Integer.MAX_VALUE ? (Integer) (int) pid : null;
      }
      case SERVICE_NAME -> {} // says something of resources alone
    }
  }

  /** Why the span is invalid; null when it is valid. */
  @Nullable String flaw() {
    if (flaw != null) {
      return flaw;
    }
    if ((traceIdHigh | traceIdLow) == 0) {
      return "the trace id is missing or all zero";
    }
    if (spanId == 0) {
      return "the span id is missing or all zero";
    }
    if (startNanos == 0) {
      return "the start time is missing or zero";
    }
    if (startNanos < 0 || endNanos < 0) {
      return "a time is past the year 2262";
    }
    if (endNanos == 0) {
      return "the end time is missing or zero";
    }
    return endNanos < startNanos ? "the end is before the start" : null;
  }

  /** The span; {@link #flaw} is null. */
  Span toSpan(@Nullable String service) {
    return new Span(
        new TraceId(traceIdHigh, traceIdLow),
        spanId,
        parentSpanId,
        service,
        shownName(),
        kind,
        startNanos,
        endNanos,
        failed,
        requestRoute(),
        text(read),
        call(),
        messaging(),
        links.isEmpty() && linksOmitted == 0 ? SpanLinks.NONE : new SpanLinks(links, linksOmitted));
  }

  /** A statement without its system is of no use, but the name may hold its literals. */
  private String shownName() {
    boolean statementAlone =
        system.isEmpty() && olderSystem.isEmpty() && !(query.isEmpty() && olderQuery.isEmpty());
    return statementAlone ? "database call" : texts.name(name);
  }

  private @Nullable String requestRoute() {
    Utf8 verb = either(method, olderMethod);
    if (kind != SpanKind.SERVER || route.isEmpty() || verb.isEmpty()) {
      return null;
    }
    return texts.pair(verb, route);
  }

  private @Nullable DatabaseCall call() {
    Utf8 database = either(system, olderSystem);
    if (database.isEmpty()) {
      return null;
    }
    Utf8 sql = either(query, olderQuery);
    String systemName = texts.name(database);
    DatabaseSystem known = DatabaseNames.system(systemName);
    if (sql.isEmpty() || !DatabaseNames.speaksSql(systemName)) {
      return new DatabaseCall(known, null, shownCommand(database), backendPid, null, returnedRows);
    }
    SentStatement sent = texts.statement(sql);
    return new DatabaseCall(known, sent.statement(), null, backendPid, sent.hash(), returnedRows);
  }

  /** Of the system and the operation, what has the shape of a name. */
  private @Nullable String shownCommand(Utf8 database) {
    Utf8 operation = either(command, olderCommand);
    if (!database.isName()) {
      return operation.isName() ? texts.name(operation) : null;
    }
    return operation.isName() ? texts.pair(database, operation) : texts.name(database);
  }

  private @Nullable Messaging messaging() {
    return messagingSystem.isEmpty()
        ? null
        : new Messaging(
            texts.name(messagingSystem),
            text(either(messagingOperation, olderMessagingOperation)),
            text(destination),
            text(either(consumerGroup, olderConsumerGroup)));
  }

  private @Nullable String text(Utf8 text) {
    return text.isEmpty() ? null : texts.name(text);
  }

  private static Utf8 either(Utf8 text, Utf8 older) {
    return text.isEmpty() ? older : text;
  }
}
