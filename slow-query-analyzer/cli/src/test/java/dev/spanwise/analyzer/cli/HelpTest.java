package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void anUnknownCommandIsNamedWithThoseThereAre() {
    for (List<String> wrong : List.of(List.of("explode"), List.of("help", "explode"))) {
      CommandRun run = CommandRun.of(wrong.toArray(String[]::new));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.complaints())
          .containsExactly(
              "spanwise: \"explode\" is no command; commands are demo, analyze, explain, serve, help; see spanwise --help");
    }
  }

  @Test
  void anArgumentThatMayHoldASecretIsNotRepeated() {
    CommandRun run = CommandRun.of("postgresql://someone:" + Secrets.TEXT + "@localhost/trading");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("spanwise: an argument is no command; commands are demo");
    Secrets.assertNone(run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "analyze", "explain", "serve"})
  void helpForACommandIsItsUsage(String command) {
    CommandRun run = CommandRun.of("help", command);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(CommandRun.of(command, "--help").out());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpAloneIsTheUsage() {
    CommandRun run = CommandRun.of("help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(CommandRun.of("--help").out());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theRuleForLinePrefixesIsTheSameInHelpReadmeAndError() throws IOException {
    String rule = ServerLogOptions.LINE_PREFIX_RULE;

    for (String command : List.of("analyze", "serve")) {
      assertThat(CommandRun.of(command, "--help").out().replaceAll("\\s+", " ")).contains(rule);
    }
    assertThat(Files.readString(Path.of("../../README.md")).replace("`", "")).contains(rule);
    assertThat(CommandRun.of("serve", "--log-line-prefix=%t ").err())
        .startsWith("spanwise: --log-line-prefix: ")
        .contains(rule);
  }

  @Test
  void saysItsVersion() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("spanwise ");
  }
}
