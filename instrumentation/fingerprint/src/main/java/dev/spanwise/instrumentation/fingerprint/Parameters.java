package dev.spanwise.instrumentation.fingerprint;

import static dev.spanwise.instrumentation.fingerprint.Source.NOT_FOUND;

/** How drivers and sanitizers write a parameter. */
final class Parameters {

  private Parameters() {}

  /**
   * The end of the parameter at {@code start}, a place where an operand must stand: {@code ? ?1 $1
   * $name :name :1 %s %(name)s @name}; or {@link Source#NOT_FOUND}.
   */
  static int end(Source source, int start) {
    char[] text = source.text;
    char next = text[start + 1];
    return switch (text[start]) {
      case '?' -> digitsEnd(source, start + 1);
      case '$' -> {
        int end = Characters.isDigit(next) ? digitsEnd(source, start + 1) : source.tagEnd(start);
        yield end > start + 1 && text[end] != '$' ? end : NOT_FOUND;
      }
      case ':' ->
          Characters.isNameStart(next) || Characters.isDigit(next)
              ? source.nameEnd(start + 1)
              : NOT_FOUND;
      case '@' -> Characters.isNameStart(next) ? source.nameEnd(start + 1) : NOT_FOUND;
      case '%' -> percentEnd(source, start + 1);
      default -> NOT_FOUND;
    };
  }

  /** What OpenTelemetry's sanitizer leaves of {@code E'…'}: {@code E?}. */
  static int sanitizedStringEnd(Source source, int start) {
    return switch (source.text[start] | 0x20) {
      case 'e', 'b', 'x', 'n' -> source.text[start + 1] == '?' ? start + 2 : NOT_FOUND;
      case 'u' ->
          source.text[start + 1] == '&' && source.text[start + 2] == '?' ? start + 3 : NOT_FOUND;
      default -> NOT_FOUND;
    };
  }

  /** With the underscore: OpenTelemetry's sanitizer makes {@code ?_000} of {@code 1_000}. */
  static int digitsEnd(Source source, int start) {
    int index = start;
    while (Characters.isDigit(source.text[index]) || source.text[index] == '_') {
      index++;
    }
    return index;
  }

  private static int percentEnd(Source source, int start) {
    char[] text = source.text;
    if (text[start] == 's') {
      return Characters.isName(text[start + 1]) ? NOT_FOUND : start + 1;
    }
    if (text[start] != '(') {
      return NOT_FOUND;
    }
    int close = source.nameEnd(start + 1);
    return text[close] == ')' && text[close + 1] == 's' ? close + 2 : NOT_FOUND;
  }
}
