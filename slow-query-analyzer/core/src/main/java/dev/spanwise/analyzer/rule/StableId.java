package dev.spanwise.analyzer.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names a thing the same way in every run: by what it is, not by when it was seen. */
public final class StableId {

  private static final int BYTES = 6;

  private StableId() {}

  /**
   * An id such as {@code analyze-3f2a9c01b7de}.
   *
   * @param kind what sort of thing it is
   * @param identity what tells it from others of its kind; values are told apart by their text
   */
  public static String of(String kind, @Nullable Object... identity) {
    return kind + "-" + HexFormat.of().formatHex(sha256(Arrays.toString(identity)), 0, BYTES);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
