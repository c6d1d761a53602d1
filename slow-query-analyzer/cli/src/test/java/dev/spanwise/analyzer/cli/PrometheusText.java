package dev.spanwise.analyzer.cli;

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

  private PrometheusText() {}

  static boolean isLine(String line) {
    return LINE.matcher(line).matches();
  }
}
