package dev.spanwise.analyzer.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "spanwise",
    description =
        "Says why a query is slow: ties slow spans to the plans that ran, names the cause and proves the fix.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      AnalyzeCommand.class,
      ExplainCommand.class,
      ServeCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 a finding at or above --fail-on; 2 the command line or an input is wrong;",
      "3 a server could not be reached.",
      "",
      "Example: spanwise demo"
    })
final class SpanwiseCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}
