package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(strings = {"demo", "analyze", "explain", "serve"})
  void everyCommandShowsAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Usage: spanwise " + command)
        .contains("Example:")
        .contains("spanwise " + command + " ");
    assertThat(run.out()).doesNotContain("\u001b");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void spanwiseItselfShowsAnExampleAndItsExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Example: spanwise demo", "Exit codes:", "analyze", "explain", "serve");
  }

  @Test
  void withoutACommandShowsItsUsageAsAnError() {
    CommandRun run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: spanwise", "spanwise: name a command");
  }

  @Test
  void anUnknownCommandIsRefused() {
    CommandRun run = CommandRun.of("explode");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints()).hasSize(1);
  }

  @Test
  void saysItsVersion() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("spanwise ");
  }
}
