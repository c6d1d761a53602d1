package dev.spanwise.analyzer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * Says on standard error what the demo is at: a bar in place on a terminal, a line for each step
 * elsewhere.
 */
final class DemoSteps {

  private static final int BAR = 30;

  private final PrintWriter err;
  private final boolean terminal = Ansi.AUTO.enabled();
  private String step = "";
  private long startNanos;
  private long shownNanos;
  private double reached;

  DemoSteps(PrintWriter err) {
    this.err = err;
  }

  /** "1 finding", "2 findings". */
  static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  synchronized void begin(String name) {
    step = name;
    startNanos = System.nanoTime();
    reached = 0;
    at(0);
  }

  /** How far the step is, from 0 to 1; less than was said before is passed over. */
  synchronized void at(double current) {
    reached = Math.max(reached, current);
    double share = reached;
    long now = System.nanoTime();
    if (!terminal || (share > 0 && now - shownNanos < 100_000_000)) {
      return;
    }
    shownNanos = now;
    int filled = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
    err.printf(
        Locale.ROOT,
        "\r\u001b[K%-52s [%s%s] %3.0f %%",
        step,
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        share * 100);
    err.flush();
  }

  synchronized void warn(String text) {
    err.println("spanwise: " + text);
    err.flush();
  }

  synchronized void done(String result) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    err.printf(
        Locale.ROOT, "%s%-52s %5.1f s  %s%n", terminal ? "\r\u001b[K" : "", step, seconds, result);
    err.flush();
  }
}
