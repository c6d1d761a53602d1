package dev.spanwise.instrumentation.cdc;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Reads change events in Kafka Connect's form. Loaded only where Kafka Connect's API is there. */
final class ConnectChanges {
  private ConnectChanges() {}

  /** What is read of it; null where it is no record of Kafka Connect. */
  static @Nullable Change read(Object value, String traceparentColumn) {
    if (!(value instanceof SourceRecord record)) {
      return null;
    }
    ChangeBuilder change = new ChangeBuilder();
    if (record.value() instanceof Struct event) {
      for (Field field : event.schema().fields()) {
        Object content = event.get(field);
        if (field.name().equals("source") && content instanceof Struct source) {
          source
              .schema()
              .fields()
              .forEach(detail -> change.sourceField(detail.name(), source.get(detail)));
        } else if (field.name().equals("after") && content instanceof Struct row) {
          Field column = row.schema().field(traceparentColumn);
          change.traceparent(column == null ? null : row.get(column));
        } else {
          change.field(field.name(), content, traceparentColumn);
        }
      }
    }
    return change.build();
  }
}
