package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServerConnection;
import org.junit.jupiter.api.Test;

class ConnectorMonitorTest {
  private static final String CONNECTED = "spanwise.cdc.connected";

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final AtomicBoolean hangs = new AtomicBoolean();
  private final CountDownLatch answers = new CountDownLatch(1);

  /** This JVM's beans, behind a connection that can hang. */
  private MBeanServerConnection beans() {
    return (MBeanServerConnection)
        Proxy.newProxyInstance(
            MBeanServerConnection.class.getClassLoader(),
            new Class<?>[] {MBeanServerConnection.class},
            (proxy, method, arguments) -> {
              if (hangs.get()) {
                answers.await();
              }
              return method.invoke(ManagementFactory.getPlatformMBeanServer(), arguments);
            });
  }

  @Test
  void aConnectionThatHangsLeavesNoValueUntilItAnswersAgain() throws Exception {
    ConnectorMonitor monitor =
        ConnectorMonitor.start(recorded.telemetry(), "absent", Duration.ofMillis(50), beans());
    RecordedTelemetry.await("a reading", () -> recorded.gauge(CONNECTED) != null);

    hangs.set(true);
    RecordedTelemetry.await("no value", () -> recorded.gauge(CONNECTED) == null);

    hangs.set(false);
    answers.countDown();
    RecordedTelemetry.await("a reading again", () -> recorded.gauge(CONNECTED) != null);
    monitor.close();
    assertThat(recorded.gauge(CONNECTED)).isNull();
  }
}
