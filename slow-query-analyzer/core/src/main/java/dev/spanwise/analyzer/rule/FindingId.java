package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.workload.QueryKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names a cause the same way in every run: by what it is, not by when it was seen. */
final class FindingId {

  private static final int BYTES = 6;

  private FindingId() {}

  static String of(String rule, @Nullable RelationName relation, @Nullable QueryKey query) {
    String cause = rule + '\n' + relation + '\n' + query;
    return rule + "-" + HexFormat.of().formatHex(sha256(cause), 0, BYTES);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
