package dev.spanwise.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningPartsTest {
  private final RunningParts parts = new RunningParts();
  private final List<String> ended = new ArrayList<>();

  @Test
  void whatStartedLastEndsFirstAndOnce() {
    parts.keep(() -> ended.add("server"));
    parts.keep(() -> ended.add("service"));

    parts.close();
    parts.close();

    assertThat(ended).containsExactly("service", "server");
  }

  @Test
  void partsThatFailToEndKeepNoOtherFromEnding() {
    parts.keep(() -> ended.add("server"));
    parts.keep(
        () -> {
          throw new IOException("its data is gone");
        });
    parts.keep(() -> ended.add("service"));
    parts.keep(
        () -> {
          throw new IllegalStateException("it hangs");
        });

    assertThatThrownBy(parts::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a part did not end: it hangs")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOf(IOException.class));
    assertThat(ended).containsExactly("service", "server");
  }

  @Test
  void whyAPartDidNotStartIsNotHiddenByPartsThatDoNotEnd() {
    IOException failure = new IOException("the port is taken");
    parts.keep(() -> ended.add("server"));
    parts.keep(
        () -> {
          throw new IOException("its data is gone");
        });

    parts.endAfter(failure);

    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(left -> assertThat(left).hasMessage("a part did not end: its data is gone"));
    assertThat(ended).containsExactly("server");
  }
}
