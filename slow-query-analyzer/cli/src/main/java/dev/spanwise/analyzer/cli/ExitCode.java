package dev.spanwise.analyzer.cli;

/** What a command's exit code means. */
final class ExitCode {

  static final int DONE = 0;

  /** A finding at or above {@code --fail-on}. */
  static final int FINDING = 1;

  /** The command line or an input is wrong. */
  static final int WRONG_INPUT = 2;

  /** A server could not be reached. */
  static final int UNREACHABLE = 3;

  /** An error of Spanwise itself: {@code EX_SOFTWARE} of sysexits. */
  static final int INTERNAL = 70;

  private ExitCode() {}
}
