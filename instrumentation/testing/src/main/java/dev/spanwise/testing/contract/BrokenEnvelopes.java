package dev.spanwise.testing.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages that look like envelopes of invalidations and break their form. */
final class BrokenEnvelopes {
  /** As long as an argument of a process may be, and then some room. */
  private static final int LONG = 100_000;

  private BrokenEnvelopes() {}

  static List<String> all() {
    return List.of(
        "",
        "{",
        "{}",
        "{\"type\":\"dev.spanwise.cache.invalidated\"",
        "[".repeat(LONG) + "\"dev.spanwise.cache.invalidated\"",
        "{\"type\":\"dev.spanwise.cache.invalidated\",\"a\":" + "[".repeat(LONG),
        "{\"type\":\"dev.spanwise.cache.invalidated\",\"subject\":\"" + "k".repeat(LONG) + "\"}",
        with("subject", "7"),
        with("subject", "\"\""),
        with("time", "\"yesterday\""),
        with("recordedtime", "null"),
        with("sequence", "\"-1\""),
        with("sequence", "\"99999999999999999999999999\""),
        with("traceparent", "\"\""),
        with("traceparent", "\"00-zz-zz-zz\""),
        with("traceparent", "\"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\""),
        with("traceparent", "\"00-00000000000000000000000000000000-0000000000000000-01\""),
        with("tracestate", "\"=,=,\\u0000\""),
        with("traceparent", "{\"traceparent\":[]}"));
  }

  private static String with(String attribute, String json) {
    Map<String, String> attributes =
        new TreeMap<>(
            Map.of(
                "specversion", "\"1.0\"",
                "id", "\"1\"",
                "source", "\"/orders\"",
                "type", "\"dev.spanwise.cache.invalidated\"",
                "subject", "\"orders:7\"",
                "recordedtime", "\"2026-01-01T00:00:00Z\""));
    attributes.put(attribute, json);
    StringBuilder text = new StringBuilder();
    attributes.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return text.append('}').toString();
  }
}
