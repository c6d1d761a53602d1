package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The README's example. */
class StatementExampleTest {

  @Test
  void normalisesAndIdentifies() {
    // README
    Statement statement = Statement.of("SELECT * FROM Orders WHERE id IN (7, 8) -- hot\n");
    String text = statement.text(); // select * from orders where id in ($1)
    String id = statement.id(); // 16 hexadecimal digits, the same in every run
    // README

    assertThat(text).isEqualTo("select * from orders where id in ($1)");
    assertThat(id)
        .matches("[0-9a-f]{16}")
        .isEqualTo(Statement.of("select * from orders where id in (?)").id());
  }
}
