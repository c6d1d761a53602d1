package dev.spanwise.instrumentation.freshness;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat on its way. It carries its times with it, in a row's column and a message's header or
 * body, so that no process has to remember it.
 *
 * @param id tells probes apart, 1 to 64 letters, digits and hyphens
 * @param committed when it was committed, in microseconds at best
 * @param reached when its last leg ended; the commit's time before the first
 */
public record Probe(String id, Instant committed, Instant reached) {
  private static final String ID = "[A-Za-z0-9-]{1,64}";
  private static final Pattern FORM = Pattern.compile("(" + ID + ")/(-?\\d{1,17})/(-?\\d{1,17})");

  /**
   * Cuts the times to microseconds, which is what a text carries.
   *
   * @throws IllegalArgumentException if the id has another form
   */
  public Probe {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException(
          "a probe's id has 1 to 64 letters, digits and hyphens, not \"%s\"".formatted(id));
    }
    committed = committed.truncatedTo(ChronoUnit.MICROS);
    reached = reached.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * This probe with the commit's true time, such as Debezium's {@code source.ts_us}: whoever wrote
   * the row could not know it yet.
   */
  public Probe committedAt(Instant time) {
    return new Probe(id, time, time);
  }

  /**
   * Its text, {@code id/committed/reached} in microseconds since the epoch; {@link #parse} reads
   * it.
   */
  @Override
  public String toString() {
    return id + "/" + micros(committed) + "/" + micros(reached);
  }

  /**
   * Reads a probe's text.
   *
   * @return null where it is no probe
   */
  public static @Nullable Probe parse(@Nullable String text) {
    Matcher form = text == null ? null : FORM.matcher(text);
    if (form == null || !form.matches()) {
      return null;
    }
    try {
      return new Probe(form.group(1), instant(form.group(2)), instant(form.group(3)));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant instant(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
