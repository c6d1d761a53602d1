package dev.spanwise.analyzer.trace;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one order sets off, as the instrumentation records it: an HTTP request writes it and
 * publishes it on JetStream, a projector processes the message, writes the read model and publishes
 * an invalidation on Redis, which the read API applies to its cache.
 */
public final class OrderTrace {

  public static final TraceId ID = new TraceId(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L);

  /** An auditor whose consumer links to the producer, in a trace of its own. */
  public static final TraceId AUDIT = new TraceId(0x5c10f2a4d7e84b03L, 0x91f6d2c88e1b7a05L);

  public static final long REQUEST = 0xa100000000000001L;
  public static final long PUBLISH = 0xa100000000000003L;
  public static final long PROCESS = 0xa200000000000001L;

  private static final String SUBJECT = "orders.created";
  private static final String CHANNEL = "positions.invalidated";

  private OrderTrace() {}

  /** Request, message and invalidation: one trace over three services. */
  public static List<Span> spans() {
    return Stream.of(
            span(REQUEST, "order-api", SpanKind.SERVER, "POST /orders")
                .route("POST /orders")
                .at(0, 23_400),
            span(0xa100000000000002L, "order-api", SpanKind.CLIENT, "INSERT ledger.orders")
                .under(REQUEST)
                .sql("INSERT INTO orders (account_id, symbol, quantity) VALUES (17, 'ACME', 250)")
                .at(2_150, 9_800),
            span(PUBLISH, "order-api", SpanKind.PRODUCER, "publish ORDERS")
                .under(REQUEST)
                .message("nats", "publish", SUBJECT, null)
                .at(11_020, 16_380),
            span(PROCESS, "projector", SpanKind.CONSUMER, "process ORDERS")
                .under(PUBLISH)
                .message("nats", "process", SUBJECT, "positions")
                .at(18_900, 61_250),
            span(0xa200000000000002L, "projector", SpanKind.INTERNAL, "load-position")
                .under(PROCESS)
                .read("load-position")
                .at(19_300, 27_900),
            span(0xa200000000000003L, "projector", SpanKind.CLIENT, "load-position")
                .under(0xa200000000000002L)
                .sql("SELECT quantity, version FROM positions WHERE account_id = 17 FOR UPDATE")
                .at(19_700, 27_100),
            span(0xa200000000000004L, "projector", SpanKind.CLIENT, "UPDATE positions")
                .under(PROCESS)
                .sql("UPDATE positions SET quantity = 250, version = 9 WHERE account_id = 17")
                .at(28_600, 52_700),
            span(0xa200000000000005L, "projector", SpanKind.PRODUCER, "publish " + CHANNEL)
                .under(PROCESS)
                .message("redis", "publish", CHANNEL, null)
                .at(54_000, 55_900),
            span(0xa300000000000001L, "read-api", SpanKind.CONSUMER, "process " + CHANNEL)
                .under(0xa200000000000005L)
                .message("redis", "process", CHANNEL, null)
                .at(57_300, 58_050))
        .map(SpanBuilder::build)
        .toList();
  }

  /** A consumer with a trace of its own, that links to the message's producer. */
  public static List<Span> audit() {
    return Stream.of(
            new SpanBuilder(
                    AUDIT, 0xa400000000000001L, "audit", SpanKind.CONSUMER, "process ORDERS")
                .link(ID, PUBLISH)
                .message("nats", "process", SUBJECT, "audit")
                .at(24_100, 44_800),
            new SpanBuilder(AUDIT, 0xa400000000000002L, "audit", SpanKind.CLIENT, "INSERT audit")
                .under(0xa400000000000001L)
                .sql("INSERT INTO audit_log (body) VALUES ('order of 250 ACME')")
                .failed()
                .at(25_000, 44_100))
        .map(SpanBuilder::build)
        .toList();
  }

  /** A span of the order's trace whose parent no exporter has sent. */
  public static Span orphan() {
    return span(0xa500000000000002L, "read-api", SpanKind.CLIENT, "DEL")
        .under(0xa500000000000001L)
        .command("redis DEL")
        .at(63_000, 63_700)
        .build();
  }

  private static SpanBuilder span(long id, String service, SpanKind kind, String name) {
    return new SpanBuilder(ID, id, service, kind, name);
  }
}
