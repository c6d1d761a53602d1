package dev.spanwise.analyzer.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page's style and scripts, from the class path. Scripts run by their hash alone: a text that
 * slipped through the escaping would still not execute.
 *
 * @param style the page's own style sheet
 * @param script the page's own script
 * @param viewer the style and the scripts of a plan's frame, as JSON that is safe within a script
 *     element
 * @param policy the Content-Security-Policy: inline style, these scripts and nothing from outside
 */
record BrowserCode(String style, String script, String viewer, String policy) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static BrowserCode load() {
    Properties webjars = new Properties();
    try (InputStream stream = open("webjars.properties")) {
      webjars.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String script = read("report.js");
    String vue = read("/" + webjars.getProperty("vue"));
    String pev2 = read("third-party/pev2/pev2.umd.js");
    String mount = read("plan-viewer.js");
    ObjectNode viewer = MAPPER.createObjectNode();
    viewer.put(
        "style",
        withoutSourceMap(read("/" + webjars.getProperty("bootstrap")))
            + read("third-party/pev2/pev2.css")
            + read("plan-viewer.css"));
    viewer.putArray("scripts").add(vue).add(pev2).add(mount);
    String policy =
        Stream.of(script, vue, pev2, mount)
            .map(BrowserCode::hash)
            .collect(
                Collectors.joining(
                    " ",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
                        + " style-src 'unsafe-inline'; script-src ",
                    ""));
    return new BrowserCode(read("report.css"), script, inScript(viewer.toString()), policy);
  }

  /** JSON in which no text can end the script element that holds it. */
  static String inScript(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String withoutSourceMap(String style) {
    return style.replaceAll("/\\*# sourceMappingURL=[^*]*\\*/", "");
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String read(String resource) {
    try (InputStream stream = open(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream stream = BrowserCode.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException("not on the class path: " + resource);
    }
    return stream;
  }
}
