package dev.spanwise.analyzer.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "trades, trades",
        "Order Items, `\"Order Items\"`",
        "user, `\"user\"`",
        "say \"hi\", `\"say \"\"hi\"\"\"`",
        "1st, `\"1st\"`",
        "größe, `\"größe\"`",
        "a$1, a$1"
      })
  void quotesWhatNeedsQuotes(String identifier, String quoted) {
    assertThat(RelationName.quoted(identifier)).isEqualTo(quoted);
  }
}
