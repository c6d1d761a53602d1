package dev.spanwise.agent.read;

import java.util.regex.Pattern;

/**
 * Which spans are a read: those whose route, or whose name, is the pattern's. A star stands for any
 * characters.
 *
 * @param ofRoute whether the route is compared, as said by a leading slash, or the span's name
 */
record ReadPattern(String read, boolean ofRoute, Pattern pattern) {

  static ReadPattern of(String read, String pattern) {
    String expression =
        Pattern.quote(pattern.strip()).replace("*", "\\E.*\\Q").replace("\\Q\\E", "");
    return new ReadPattern(
        read.strip(), pattern.strip().startsWith("/"), Pattern.compile(expression, Pattern.DOTALL));
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches();
  }
}
