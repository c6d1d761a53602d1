package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceCommentTest {

  private static final String VALUE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final TraceContext NAMED =
      new TraceContext(new TraceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL), 0xb7ad6b7169203331L);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 /*traceparent='@'*/",
        "/*traceparent='@'*/ SELECT 1",
        "SELECT 1 /*action='%2Fa',traceparent='@',tracestate='x%3D1'*/;",
        "SELECT 1 /* a /* traceparent='@' */ b */",
        "SELECT 'it''s' /*traceparent=@*/",
        "SELECT E'\\'/*' /*traceparent='@'*/",
        "SELECT $x$ /* $x$ /*traceparent=%27@%27*/",
        "SELECT 1 -- traceparent='@'\n + 2",
      })
  void isFoundWhereverItStands(String sql) {
    assertThat(TraceComment.in(sql.replace("@", VALUE))).isEqualTo(NAMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '/*traceparent=''@''*/'",
        "SELECT \"/*traceparent='@'*/\"",
        "SELECT $$ /*traceparent='@'*/ $$",
        "SELECT $tag$ /*traceparent='@'*/ $tag$",
        "SELECT E'\\'/*traceparent=''@''*/'",
        "SELECT traceparent FROM spans",
        "SELECT 1 /*x-traceparent='@'*/",
        "SELECT 1 /*traceparent='00-00000000000000000000000000000000-b7ad6b7169203331-01'*/",
        "SELECT 1 /*traceparent='00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'*/",
        "SELECT 1 /*traceparent='ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'*/",
        "SELECT 1 /*traceparent='00-0af7651916cd43dd'*/",
        "SELECT 1 /*traceparent='%zz'*/",
        "SELECT 1 /*traceparent='",
      })
  void isNotFoundInALiteralNorWhereItNamesNothing(String sql) {
    assertThat(TraceComment.in(sql.replace("@", VALUE))).isNull();
  }
}
