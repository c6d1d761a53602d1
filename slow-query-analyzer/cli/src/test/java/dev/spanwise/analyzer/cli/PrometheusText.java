package dev.spanwise.analyzer.cli;

import dev.spanwise.telemetry.ObservedSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format</a>,
 * version 0.0.4, line by line.
 */
final class PrometheusText {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final String NUMBER = "(?:[-+]?(?:\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|Inf)|NaN)";

  private static final Pattern LINE =
      Pattern.compile(
          "# HELP "
              + NAME
              + " .*|# TYPE "
              + NAME
              + " (?:counter|gauge|histogram|summary|untyped)|"
              + NAME
              + "(?:\\{(?:"
              + LABEL
              + "(?:,"
              + LABEL
              + ")*)?\\})? "
              + NUMBER);

  private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? " + NUMBER);

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private PrometheusText() {}

  /** The time series of a text's samples, escapes in label values left as they are. */
  static List<ObservedSeries> series(String text) {
    List<ObservedSeries> series = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
          Matcher label = LABEL_VALUE.matcher(sample.group(2));
          while (label.find()) {
            labels.put(label.group(1), label.group(2));
          }
        }
        series.add(new ObservedSeries(sample.group(1), null, labels));
      }
    }
    return series;
  }

  static boolean isLine(String line) {
    return LINE.matcher(line).matches();
  }
}
