package dev.spanwise.demo.stream;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what goes wrong on a connection; by itself the client writes to its own. */
final class ConnectionLog implements ErrorListener {
  private static final Logger logger = LoggerFactory.getLogger(ConnectionLog.class);

  @Override
  public void errorOccurred(Connection connection, String error) {
    logger.warn("NATS: {}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    logger.info("NATS: {}", exception.toString());
  }

  @Override
  public void slowConsumerDetected(Connection connection, io.nats.client.Consumer consumer) {
    logger.warn("NATS: a consumer is slow; {} messages wait", consumer.getPendingMessageCount());
  }
}
