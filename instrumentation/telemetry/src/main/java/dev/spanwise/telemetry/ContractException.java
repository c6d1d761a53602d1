package dev.spanwise.telemetry;

import java.util.List;
import java.util.stream.Collectors;

/** A contract has mistakes; the message holds all of them, one a line. */
public final class ContractException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Mistake> mistakes;

  ContractException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** In the order of the file. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
