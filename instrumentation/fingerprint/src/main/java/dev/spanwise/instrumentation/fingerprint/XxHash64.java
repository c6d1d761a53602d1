package dev.spanwise.instrumentation.fingerprint;

/**
 * XXH64 with seed 0 over UTF-16LE characters: 64 bits in which each bit of the input changes half
 * of the output.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash fast digest
 *     algorithm</a>
 */
final class XxHash64 {

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE_CHARACTERS = 16;

  private XxHash64() {}

  static long hash(char[] text, int length) {
    int index = 0;
    long hash = PRIME_5;
    if (length >= STRIPE_CHARACTERS) {
      long lane2 = PRIME_2;
      long lane1 = lane2 + PRIME_1;
      long lane3 = 0;
      long lane4 = -PRIME_1;
      for (; index <= length - STRIPE_CHARACTERS; index += STRIPE_CHARACTERS) {
        lane1 = round(lane1, eightBytes(text, index));
        lane2 = round(lane2, eightBytes(text, index + 4));
        lane3 = round(lane3, eightBytes(text, index + 8));
        lane4 = round(lane4, eightBytes(text, index + 12));
      }
      hash =
          Long.rotateLeft(lane1, 1)
              + Long.rotateLeft(lane2, 7)
              + Long.rotateLeft(lane3, 12)
              + Long.rotateLeft(lane4, 18);
      hash = merge(merge(merge(merge(hash, lane1), lane2), lane3), lane4);
    }
    hash += 2L * length;
    for (; index <= length - 4; index += 4) {
      hash ^= round(0, eightBytes(text, index));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (index <= length - 2) {
      hash ^= (text[index] | ((long) text[index + 1] << 16)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      index += 2;
    }
    if (index < length) {
      hash = Long.rotateLeft(hash ^ (text[index] & 0xFF) * PRIME_5, 11) * PRIME_1;
      hash = Long.rotateLeft(hash ^ (text[index] >>> 8) * PRIME_5, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  private static long eightBytes(char[] text, int index) {
    return text[index]
        | ((long) text[index + 1] << 16)
        | ((long) text[index + 2] << 32)
        | ((long) text[index + 3] << 48);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
