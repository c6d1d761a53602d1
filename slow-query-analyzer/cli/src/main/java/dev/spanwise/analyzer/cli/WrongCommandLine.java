package dev.spanwise.analyzer.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what is wrong with a command line. Of arguments that nobody asked for only the
 * option's name is repeated: behind a misspelt option may stand a URL with a password.
 */
final class WrongCommandLine implements IParameterExceptionHandler {

  /** Given to the wrong option, it may hold a password all the same. */
  private static final Pattern URL = Pattern.compile("[\\w:+.-]+://[^\\s']*");

  private static final Pattern WORD = Pattern.compile("[A-Za-z-]{1,20}");

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .println(
            "spanwise: "
                + reason(failure)
                + "; see "
                + command.getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.WRONG_INPUT;
  }

  /**
   * Refuses an option among the files that an option before it takes: picocli holds it for one more
   * of them.
   */
  static void refuseOptions(Iterable<?> files) {
    for (Object file : files) {
      String text = file.toString();
      if (text.startsWith("-") && text.length() > 1) {
        throw CommandFailure.wrongInput(
            unknown(text) + " (a file of that name is ./" + name(text) + ")");
      }
    }
  }

  private static String noCommand(String argument, CommandLine line) {
    // What is no word may hold a password, such as a URL.
    String named = WORD.matcher(argument).matches() ? '"' + argument + '"' : "an argument";
    return named
        + " is no command; commands are "
        + String.join(", ", line.getSubcommands().keySet());
  }

  private static String unknown(String option) {
    return "unknown option " + name(option);
  }

  private static String name(String option) {
    return option.split("[=:]", 2)[0];
  }

  private static String reason(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (first.startsWith("-")) {
        return unknown(first);
      }
      return failure.getCommandLine().getSubcommands().isEmpty()
          ? "an argument is one too many: neither a command nor an option's value"
          : noCommand(first, failure.getCommandLine());
    }
    // The command that help was asked for.
    if (failure.getArgSpec() == null && failure.getValue() != null) {
      return noCommand(failure.getValue(), failure.getCommandLine());
    }
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String message = URL.matcher(said).replaceAll("a URL");
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
