package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeTypeTest {

  @Test
  void findsATypeByItsNameInJson() {
    assertThat(NodeType.named("Seq Scan")).isEqualTo(NodeType.SEQ_SCAN);
    assertThat(NodeType.named("ModifyTable")).isEqualTo(NodeType.MODIFY_TABLE);
    assertThat(NodeType.named("CTE Scan")).isEqualTo(NodeType.CTE_SCAN);
  }

  @Test
  void takesAnUnknownNameAsOther() {
    assertThat(NodeType.named("Quantum Scan")).isEqualTo(NodeType.OTHER);
    assertThat(NodeType.named("")).isEqualTo(NodeType.OTHER);
    assertThat(NodeType.named("seq scan")).isEqualTo(NodeType.OTHER);
  }
}
