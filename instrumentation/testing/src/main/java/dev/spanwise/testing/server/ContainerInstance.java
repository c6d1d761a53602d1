package dev.spanwise.testing.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container, which is removed with it; with the JVM at the latest, by Testcontainers.
 */
final class ContainerInstance implements Instance {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final int LONGEST_STOP_SECONDS = 10;

  private final ContainerProgram program;
  private final GenericContainer<?> container;
  private final String host;
  private final int port;
  private boolean isRunning = true;

  private ContainerInstance(
      ContainerProgram program, GenericContainer<?> container, String host, int port) {
    this.program = program;
    this.container = container;
    this.host = host;
    this.port = port;
  }

  /**
   * Starts a container.
   *
   * @throws org.opentest4j.TestAbortedException if no engine answers or there is no image
   * @throws IllegalStateException if the server does not answer, with the end of what it printed
   */
  static ContainerInstance start(ContainerProgram program) {
    DockerImageName image = program.image().require();
    String host = engineHost();
    for (int attempt = 1; ; attempt++) {
      // Chosen here: a port of the engine's choice would change with a restart.
      int port = Ports.free();
      GenericContainer<?> container = container(program, image, host, port);
      try {
        container.start();
        return new ContainerInstance(program, container, host, port);
      } catch (ContainerLaunchException e) {
        container.close();
        if (attempt == Ports.TO_TRY || !saysPortIsTaken(e)) {
          throw new IllegalStateException(image + " did not start", e);
        }
      }
    }
  }

  private static String engineHost() {
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    try {
      return InetAddress.getByName(host).isLoopbackAddress() ? Ports.LOOPBACK : host;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the container engine's host is unknown: " + host, e);
    }
  }

  private static GenericContainer<?> container(
      ContainerProgram program, DockerImageName image, String host, int port) {
    // An engine elsewhere is reached on an interface of its machine.
    String bound = host.equals(Ports.LOOPBACK) ? Ports.LOOPBACK : "0.0.0.0";
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withCommand(program.arguments().toArray(String[]::new))
            .withEnv(program.environment())
            .withExposedPorts(program.port())
            .withCreateContainerCmdModifier(create -> create.withStopSignal(program.stopSignal()))
            .waitingFor(
                new AbstractWaitStrategy() {
                  @Override
                  protected void waitUntilReady() {
                    awaitAnswer(program, host, port);
                  }
                });
    container.setPortBindings(List.of("%s:%s:%s".formatted(bound, port, program.port())));
    return container;
  }

  private static void awaitAnswer(ContainerProgram program, String host, int port) {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!program.probe().answers(host, port)) {
      if (Instant.now().isAfter(deadline)) {
        throw new ContainerLaunchException(
            "no answer on %s:%d within %d s".formatted(host, port, LONGEST_START.toSeconds()));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ContainerLaunchException("interrupted while a server was starting", e);
      }
    }
  }

  private static boolean saysPortIsTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("address already in use")
          || message.contains("port is already allocated")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    if (!isRunning) {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
      awaitAnswer(program, host, port);
      isRunning = true;
    }
  }

  @Override
  public synchronized void stop() {
    if (isRunning) {
      container
          .getDockerClient()
          .stopContainerCmd(container.getContainerId())
          .withTimeout(LONGEST_STOP_SECONDS)
          .exec();
      isRunning = false;
    }
  }

  @Override
  public synchronized void close() {
    isRunning = false;
    container.close();
  }
}
