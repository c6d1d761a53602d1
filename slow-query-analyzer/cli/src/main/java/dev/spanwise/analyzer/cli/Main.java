package dev.spanwise.analyzer.cli;

import java.time.Duration;
import picocli.CommandLine;

/** The {@code spanwise} command line. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SpanwiseCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, new DurationConverter());
    line.setParameterExceptionHandler(new WrongCommandLine());
    line.setExecutionExceptionHandler(Main::failed);
    return line;
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    if (failure instanceof CommandFailure expected) {
      line.getErr().println("spanwise: " + expected.getMessage());
      return expected.exitCode();
    }
    line.getErr().println("spanwise: an error of Spanwise itself, please report it:");
    failure.printStackTrace(line.getErr());
    return ExitCode.INTERNAL;
  }
}
