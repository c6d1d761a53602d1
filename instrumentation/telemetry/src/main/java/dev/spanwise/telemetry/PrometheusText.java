package dev.spanwise.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a scrape answered in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format</a>, version
 * 0.0.4, without timestamps.
 */
public final class PrometheusText {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL =
      "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*+)\"";
  private static final String NUMBER = "(?:[-+]?(?:\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|Inf)|NaN)";

  private static final Pattern COMMENT =
      Pattern.compile(
          "# HELP " + NAME + " .*|# TYPE " + NAME + " (?:counter|gauge|histogram|summary|untyped)");

  private static final Pattern SAMPLE =
      Pattern.compile(
          "(" + NAME + ")(?:\\{((?:" + LABEL + "(?:," + LABEL + ")*+)?)\\})? " + NUMBER);

  private static final Pattern LABEL_VALUE = Pattern.compile(LABEL);

  private PrometheusText() {}

  /**
   * The time series of a text's samples, escapes in label values left as they are.
   *
   * @throws IllegalArgumentException if a line is none of the format; the message has its number
   */
  public static List<ObservedSeries> series(String text) {
    List<ObservedSeries> series = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        series.add(new ObservedSeries(sample.group(1), null, labels(sample.group(2))));
      } else if (!line.isEmpty() && !COMMENT.matcher(line).matches()) {
        throw new IllegalArgumentException(
            "line %d is no line of Prometheus' text format: %s".formatted(number, line));
      }
    }
    return series;
  }

  private static Map<String, String> labels(@Nullable String written) {
    Map<String, String> labels = new HashMap<>();
    if (written != null) {
      Matcher label = LABEL_VALUE.matcher(written);
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }
}
