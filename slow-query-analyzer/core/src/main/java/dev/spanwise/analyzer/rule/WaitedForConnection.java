package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.trace.ConnectionAcquisition;
import dev.spanwise.analyzer.workload.ConnectionWaits;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;

/** A request waits for a database connection before its statements can run. */
final class WaitedForConnection implements EndpointRule {

  @Override
  public QueryVerdict examine(ConnectionWaits waits, double slowerThanMs) {
    Repetition waited = waits.waited();
    if (waited != null) {
      RepetitionCost cost = RepetitionCost.of(waited);
      return cost.isCostly(slowerThanMs) ? found(waits, waited, cost) : new QueryVerdict.Clear();
    }
    Repetition unseen = waits.unseen();
    if (unseen == null || !RepetitionCost.of(unseen).isCostly(slowerThanMs)) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Inconclusive(
        "what %s does in the %s before its first statement that no span shows: record getting a connection (otel.instrumentation.jdbc-datasource.enabled)"
            .formatted(name(waits), Wording.ms(RepetitionCost.of(unseen).callMs())));
  }

  private QueryVerdict found(ConnectionWaits waits, Repetition waited, RepetitionCost cost) {
    boolean withoutPool = waits.spanNames().stream().allMatch(ConnectionAcquisition::isWithoutPool);
    String title =
        withoutPool
            ? "%s opens database connections for %s"
            : "%s waits %s for a database connection";
    String why =
        withoutPool
            ? "Each connection is opened anew, which starts a process on the server."
            : "The pool had no connection to give: others held all of them, or new ones were slow to open. The statements themselves may be quick.";
    return new QueryVerdict.Found(
        id(),
        title.formatted(name(waits), Wording.ms(cost.callMs())),
        "Getting a connection takes %s of the request's %s, on average of the requests that waited. %s"
            .formatted(Wording.ms(cost.callMs()), Wording.ms(cost.requestMs()), why),
        evidence(waits, waited, cost),
        cost.lostMs(),
        cost.savedMs(),
        waited.worst(),
        List.of(),
        remedy(withoutPool));
  }

  private static Remedy remedy(boolean withoutPool) {
    String step =
        withoutPool
            ? "Take connections from a pool, such as HikariCP or PgBouncer, which keeps them open."
            : "Find what holds connections for long: transactions that are open while the application calls another service, slow statements, connections that are never given back. Only then make the pool larger, within max_connections.";
    return new Remedy.Step(
        Remedy.Kind.INVESTIGATE, step, "no plan shows the time before a statement");
  }

  private static String name(ConnectionWaits waits) {
    if (waits.endpoint() != null) {
      return waits.endpoint();
    }
    return waits.service() == null ? "A request" : "A request of " + waits.service();
  }

  private static List<Evidence> evidence(
      ConnectionWaits waits, Repetition waited, RepetitionCost cost) {
    String average = "spans, on average";
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.count("connections got in a request", cost.calls(), "{call}", average));
    evidence.addAll(cost.evidence("getting them", "waited", waited));
    evidence.add(
        new Evidence("seen as", String.join(", ", waits.spanNames()), "1", "names of spans"));
    return evidence;
  }
}
