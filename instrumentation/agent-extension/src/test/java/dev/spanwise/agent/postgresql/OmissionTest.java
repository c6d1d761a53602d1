package dev.spanwise.agent.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class OmissionTest {
  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Test
  void eachReasonIsLoggedOnceWhicheverCameFirst() {
    Logger logger = Logger.getLogger("dev.spanwise.agent");
    logger.addHandler(handler);
    try {
      Omission.POOLER.log(", first", null);
      Omission.POOLER.log(", second", null);
      Omission.NO_ANSWER.log("", new SQLException("permission denied"));
      Omission.NO_ANSWER.log("", new SQLException("permission denied"));
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(logged)
        .containsExactly(
            "postgresql.pid is left off: where a pooler stands before the server, first",
            "postgresql.pid is left off: the server did not say which process it is");
  }
}
