package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ContainerImageTest {
  private static final String PROPERTY = "spanwise.test.image.redis";

  @AfterEach
  void restore() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void isTheOneThatAPropertyNames() {
    System.setProperty(PROPERTY, "registry.example/redis:1");

    assertThat(ContainerImage.REDIS.configuredName()).isEqualTo("registry.example/redis:1");
  }

  @Test
  void aTestIsSkippedWhereThereIsNoEngineOrNoImage() {
    System.setProperty(PROPERTY, "localhost:1/missing:1");

    assertThatThrownBy(Servers.CONTAINER::redis)
        .isInstanceOf(TestAbortedException.class)
        .hasMessageStartingWith("skipped: ");
  }
}
