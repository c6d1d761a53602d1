package dev.spanwise.examples.spring;

import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisClient;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MessagingConfiguration {
  @Bean
  Connection nats(@Value("${nats.url}") String url, Telemetry telemetry)
      throws IOException, InterruptedException {
    return JetStreamTelemetry.create(telemetry).wrap(Nats.connect(url));
  }

  @Bean
  InvalidationPublisher publisher(Telemetry telemetry) {
    return InvalidationPublisher.create(telemetry, "/watchlists");
  }

  @Bean
  InvalidationReceiver receiver(Telemetry telemetry) {
    return InvalidationReceiver.create(telemetry);
  }

  @Bean(destroyMethod = "shutdown")
  RedisClient redis(@Value("${redis.url}") String url) {
    return RedisClient.create(url);
  }
}
