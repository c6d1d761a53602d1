package dev.spanwise.analyzer.trace;

import java.util.List;

/**
 * The links of a span. Immutable.
 *
 * @param kept the first of them, at most {@value #MOST}
 * @param omitted how many more there were, those that name no span included
 */
public record SpanLinks(List<SpanLink> kept, int omitted) {

  /** A batch may link to every message in it, and a hundred thousand spans are held at a time. */
  public static final int MOST = 16;

  /** No link. */
  public static final SpanLinks NONE = new SpanLinks(List.of(), 0);

  public SpanLinks {
    kept = List.copyOf(kept);
    if (kept.size() > MOST) {
      throw new IllegalArgumentException(kept.size() + " links, at most " + MOST + " are kept");
    }
  }
}
