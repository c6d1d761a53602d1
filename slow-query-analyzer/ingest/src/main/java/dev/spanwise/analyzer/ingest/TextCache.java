package dev.spanwise.analyzer.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values made from texts, one for each distinct text, found by the text's UTF-8 bytes.
 *
 * <p>A set-associative table, as in a processor's cache: a text's hash names a set of four slots,
 * and a new text takes the least recently found one. A look-up compares four slots at most,
 * whatever the texts are, so that no input can make it slow. When the keys together exceed their
 * limit, all are dropped.
 *
 * <p>Not thread-safe.
 */
final class TextCache<V> {

  private static final int WAYS = 4;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final class Entry<V> {
    final long hash;
    final byte[] key;
    final V value;

    Entry(long hash, byte[] key, V value) {
      this.hash = hash;
      this.key = key;
      this.value = value;
    }
  }

  private final Function<String, V> make;
  private final @Nullable Entry<V>[] slots;
  private final int maxKeyBytes;
  private final long maxBytes;
  private long bytes;

  /**
   * @param sets a power of two; the table holds four times as many texts
   * @param maxKeyBytes longer texts are not kept
   * @param maxBytes limit on the bytes of all keys together
   */
  TextCache(int sets, int maxKeyBytes, long maxBytes, Function<String, V> make) {
    if (Integer.bitCount(sets) != 1) {
      throw new IllegalArgumentException("sets is not a power of two: " + sets);
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
    @Nullable Entry<V>[] table = new Entry[sets * WAYS];
    this.slots = table;
    this.maxKeyBytes = maxKeyBytes;
    this.maxBytes = maxBytes;
    this.make = make;
  }

  V get(Utf8 text) {
    if (text.length() > maxKeyBytes) {
      return make.apply(text.toString());
    }
    long hash = hash(text);
    int first = ((int) (hash >>> 32) & (slots.length / WAYS - 1)) * WAYS;
    for (int slot = first; slot < first + WAYS; slot++) {
      Entry<V> entry = slots[slot];
      if (entry != null && entry.hash == hash && holds(entry, text)) {
        moveToFront(first, slot, entry);
        return entry.value;
      }
    }
    V value = make.apply(text.toString());
    add(first, new Entry<>(hash, copy(text), value));
    return value;
  }

  private void add(int first, Entry<V> entry) {
    if (bytes + entry.key.length > maxBytes) {
      Arrays.fill(slots, null);
      bytes = 0;
    }
    Entry<V> last = slots[first + WAYS - 1];
    bytes += entry.key.length - (last == null ? 0 : last.key.length);
    moveToFront(first, first + WAYS - 1, entry);
  }

  private void moveToFront(int first, int slot, Entry<V> entry) {
    for (int to = slot; to > first; to--) {
      slots[to] = slots[to - 1];
    }
    slots[first] = entry;
  }

  private static boolean holds(Entry<?> entry, Utf8 text) {
    int end = text.offset() + text.length();
    return Arrays.equals(entry.key, 0, entry.key.length, text.bytes(), text.offset(), end);
  }

  private static byte[] copy(Utf8 text) {
    return Arrays.copyOfRange(text.bytes(), text.offset(), text.offset() + text.length());
  }

  /** Eight bytes at a step: statements are long, and each is hashed for every span. */
  private static long hash(Utf8 text) {
    byte[] bytes = text.bytes();
    int at = text.offset();
    int end = at + text.length();
    long hash = text.length() * MULTIPLIER;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << 8) | (bytes[at] & 0xff);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    long product = value * MULTIPLIER;
    return product ^ (product >>> 32);
  }
}
