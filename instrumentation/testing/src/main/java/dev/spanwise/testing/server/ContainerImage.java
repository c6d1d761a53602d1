package dev.spanwise.testing.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Images of servers; each can be replaced by one that takes the same arguments. */
enum ContainerImage {
  NATS("nats:2"),
  POSTGRES("postgres:18"),
  REDIS("redis:7");

  private static final long LONGEST_PULL_MINUTES = 5;
  private static final Set<String> OUT_OF_REACH = new HashSet<>();

  private final String official;

  ContainerImage(String official) {
    this.official = official;
  }

  /**
   * The configured image, pulled where the engine lacks it.
   *
   * @throws TestAbortedException if no engine answers or the image cannot be pulled
   */
  DockerImageName require() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new TestAbortedException(
          "skipped: no container engine answers (Docker's socket, or what DOCKER_HOST names)");
    }
    DockerImageName image = DockerImageName.parse(configuredName());
    if (!isThereOrPulled(ImageNameSubstitutor.instance().apply(image).asCanonicalNameString())) {
      throw new TestAbortedException(
          "skipped: the engine has no image %s and cannot pull it (%s names another one)"
              .formatted(image, environmentVariable()));
    }
    return image;
  }

  String configuredName() {
    String name = System.getProperty("spanwise.test.image." + name().toLowerCase(Locale.ROOT));
    if (name == null) {
      name = System.getenv(environmentVariable());
    }
    return name == null || name.isBlank() ? official : name;
  }

  private String environmentVariable() {
    return "SPANWISE_TEST_IMAGE_" + name();
  }

  // Testcontainers would pull for two minutes, in each test anew.
  private static boolean isThereOrPulled(String name) {
    synchronized (OUT_OF_REACH) {
      if (OUT_OF_REACH.contains(name)) {
        return false;
      }
      DockerClient client = DockerClientFactory.instance().client();
      if (isThere(client, name) || pull(client, name)) {
        return true;
      }
      OUT_OF_REACH.add(name);
      return false;
    }
  }

  private static boolean isThere(DockerClient client, String name) {
    try {
      client.inspectImageCmd(name).exec();
      return true;
    } catch (NotFoundException notThere) {
      return false;
    }
  }

  private static boolean pull(DockerClient client, String name) {
    try {
      return client
          .pullImageCmd(name)
          .exec(new PullImageResultCallback())
          .awaitCompletion(LONGEST_PULL_MINUTES, TimeUnit.MINUTES);
    } catch (DockerClientException | DockerException outOfReach) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pulling " + name, e);
    }
  }
}
