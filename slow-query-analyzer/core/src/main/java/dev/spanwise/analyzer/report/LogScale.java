package dev.spanwise.analyzer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A logarithmic time axis over whole decades, the same for every chart of a table, so that bars
 * compare across rows.
 *
 * @param lowest exponent of the axis' start, in milliseconds: -1 is 0.1 ms
 * @param highest exponent of the axis' end
 */
record LogScale(int lowest, int highest) {

  private static final int LABEL_CHARACTER = 6;
  private static final int AXIS = 200;
  private static final int ROW = 17;
  private static final int MOST_STEPS = 5;
  private static final double SHORTEST_MS = 0.001;

  /** A labelled duration; the value is null where it was not measured. */
  record Value(String label, @Nullable Double ms, boolean emphasised) {}

  /** A bar in the units of the drawing. */
  record Bar(String label, String text, int y, double width, boolean emphasised) {}

  record Tick(double x, String label) {}

  record Chart(
      String summary, int width, int height, int origin, List<Bar> bars, List<Tick> ticks) {}

  static LogScale of(Stream<@Nullable Double> milliseconds) {
    double[] measured =
        milliseconds
            .filter(Objects::nonNull)
            .filter(LogScale::isDrawn)
            .mapToDouble(ms -> ms)
            .toArray();
    if (measured.length == 0) {
      return new LogScale(0, 1);
    }
    double least = Double.MAX_VALUE;
    double most = 0;
    for (double ms : measured) {
      least = Math.min(least, ms);
      most = Math.max(most, ms);
    }
    // One below the least value, so that its bar has a length.
    int lowest = (int) Math.floor(Math.log10(Math.max(least, SHORTEST_MS)) - 0.2);
    return new LogScale(lowest, Math.max(lowest + 1, (int) Math.ceil(Math.log10(most))));
  }

  Chart chart(List<Value> values) {
    int longest = values.stream().mapToInt(value -> value.label().length()).max().orElse(0);
    int origin = longest * LABEL_CHARACTER + 12;
    List<Bar> bars = new ArrayList<>();
    List<String> summary = new ArrayList<>();
    for (Value value : values) {
      String text = Quantity.milliseconds(value.ms());
      double width = value.ms() == null || !isDrawn(value.ms()) ? 0 : position(value.ms());
      bars.add(new Bar(value.label(), text, bars.size() * ROW, width, value.emphasised()));
      summary.add(value.label() + " " + text);
    }
    List<Tick> ticks = new ArrayList<>();
    int step = (highest - lowest + MOST_STEPS - 1) / MOST_STEPS;
    for (int exponent = lowest; exponent <= highest; exponent += step) {
      ticks.add(new Tick(position(Math.pow(10, exponent)), decade(exponent)));
    }
    int height = bars.size() * ROW + 16;
    return new Chart(String.join(", ", summary), origin + AXIS + 64, height, origin, bars, ticks);
  }

  private double position(double ms) {
    double share = (Math.log10(ms) - lowest) / (highest - lowest);
    return Math.round(Math.max(0.005, Math.min(1, share)) * AXIS * 10) / 10.0;
  }

  private static boolean isDrawn(double ms) {
    return Double.isFinite(ms) && ms > 0;
  }

  private static String decade(int exponent) {
    if (exponent < 0) {
      return exponent < -3 ? "" : List.of("1 µs", "10 µs", "0.1 ms").get(exponent + 3);
    }
    return exponent < 3 ? power(exponent) + " ms" : power(exponent - 3) + " s";
  }

  private static String power(int exponent) {
    return "1" + "0".repeat(exponent);
  }
}
