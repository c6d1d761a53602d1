package dev.spanwise.analyzer.cli;

/** Ends a command with one clear line. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure wrongInput(String message) {
    return new CommandFailure(ExitCode.WRONG_INPUT, message);
  }

  int exitCode() {
    return exitCode;
  }
}
