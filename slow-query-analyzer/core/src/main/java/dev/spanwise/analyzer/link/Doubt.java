package dev.spanwise.analyzer.link;

/** Why a link is ambiguous. */
public enum Doubt {
  SEVERAL_EXECUTIONS("several executions could be the span's"),
  SEVERAL_SPANS("several spans could have sent the execution"),
  SEVERAL_SERVERS("the logs of several servers have an execution that could be the span's"),
  TOO_SHORT(
      "the execution is too short for the log's precision to tell whether it was the span's or a neighbour's"),
  CONTRADICTION("what names the span and its backend contradict each other"),
  CLOCKS(
      "the clocks of the server and of the spans do not seem to agree, by how much they differ is not known");

  private final String words;

  Doubt(String words) {
    this.words = words;
  }

  /** The reason in words. */
  public String words() {
    return words;
  }
}
