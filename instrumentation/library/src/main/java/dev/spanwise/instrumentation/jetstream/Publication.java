package dev.spanwise.instrumentation.jetstream;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one of the forms of {@code publish} was asked to send. */
// Never compared: a view of the arguments of one call.
@SuppressWarnings("ArrayRecordComponent")
record Publication(
    @Nullable String subject,
    @Nullable Headers headers,
    byte @Nullable [] body,
    @Nullable PublishOptions options) {

  /**
   * Reads a call's arguments.
   *
   * @return null where the form is not known, or sends no message
   */
  static @Nullable Publication of(Method method, @Nullable Object[] arguments) {
    String subject = null;
    Headers headers = null;
    byte[] body = null;
    PublishOptions options = null;
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      Object argument = arguments[i];
      if (types[i] == String.class) {
        subject = (String) argument;
      } else if (types[i] == Headers.class) {
        headers = (Headers) argument;
      } else if (types[i] == byte[].class) {
        body = (byte[]) argument;
      } else if (types[i] == PublishOptions.class) {
        options = (PublishOptions) argument;
      } else if (argument instanceof Message message) {
        subject = message.getSubject();
        headers = message.getHeaders();
        body = message.getData();
      } else {
        return null;
      }
    }
    return new Publication(subject, headers, body, options);
  }

  /** Publishes with these headers instead. */
  @Nullable PublishAck publish(JetStream jetStream, Headers instead)
      throws IOException, JetStreamApiException {
    return options == null
        ? jetStream.publish(subject, instead, body)
        : jetStream.publish(subject, instead, body, options);
  }

  /** Publishes with these headers instead. */
  @Nullable CompletableFuture<PublishAck> publishAsync(JetStream jetStream, Headers instead) {
    return options == null
        ? jetStream.publishAsync(subject, instead, body)
        : jetStream.publishAsync(subject, instead, body, options);
  }
}
