package dev.spanwise.instrumentation.cdc;

import java.io.IOException;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The streaming metrics of a connector, as its bean has them. */
record ConnectorBean(
    @Nullable Long millisecondsBehindSource,
    @Nullable Long queueRemaining,
    @Nullable Long queueCapacity,
    boolean connected) {

  /**
   * Reads them.
   *
   * @return null where there is no such bean
   */
  static @Nullable ConnectorBean read(MBeanServerConnection beans, String server)
      throws IOException, JMException {
    Optional<ObjectName> name =
        beans.queryNames(pattern(), null).stream()
            .filter(found -> server.equals(unquoted(found.getKeyProperty("server"))))
            .findFirst();
    if (name.isEmpty()) {
      return null;
    }
    return new ConnectorBean(
        notNegative(beans.getAttribute(name.get(), "MilliSecondsBehindSource")),
        notNegative(beans.getAttribute(name.get(), "QueueRemainingCapacity")),
        notNegative(beans.getAttribute(name.get(), "QueueTotalCapacity")),
        Boolean.TRUE.equals(beans.getAttribute(name.get(), "Connected")));
  }

  /** Whatever the database: its kind is the domain's second part. */
  private static ObjectName pattern() throws MalformedObjectNameException {
    return new ObjectName("debezium.*:type=connector-metrics,context=streaming,*");
  }

  private static String unquoted(String value) {
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }

  /** Debezium says −1 for what it does not know. */
  private static @Nullable Long notNegative(Object value) {
    return value instanceof Number number && number.longValue() >= 0 ? number.longValue() : null;
  }
}
