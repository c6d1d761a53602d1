package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatestCatalogueTest {

  private static final Catalogue EMPTY = new Catalogue(180_006, List.of(), List.of());

  @Test
  void aDatabaseThatStaysAwayIsLoggedOnceUntilThatChanges() {
    AtomicReference<@Nullable String> failure = new AtomicReference<>("the database is gone");
    LatestCatalogue latest =
        new LatestCatalogue(
            () -> {
              String message = failure.get();
              if (message != null) {
                throw new IllegalStateException(message);
              }
              return EMPTY;
            },
            Clock.systemUTC());

    List<String> logged =
        logged(
            () -> {
              readTwice(latest);
              failure.set("the password is wrong");
              readTwice(latest);
              failure.set(null);
              readTwice(latest);
            });

    assertThat(logged)
        .satisfiesExactly(
            gone -> assertThat(gone).endsWith("the database is gone"),
            wrong -> assertThat(wrong).endsWith("the password is wrong"),
            back -> assertThat(back).endsWith("can be read again"));
  }

  private static void readTwice(LatestCatalogue latest) {
    latest.read();
    latest.read();
  }

  /** slf4j-simple writes to System.err as it is when a line is written. */
  private static List<String> logged(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return lines.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
