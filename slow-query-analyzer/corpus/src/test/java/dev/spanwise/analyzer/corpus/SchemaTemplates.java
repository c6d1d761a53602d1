package dev.spanwise.analyzer.corpus;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The databases that the cases copy: one for each schema, filled once for each server. */
final class SchemaTemplates {

  /** A line of a script in whose place TPC-H's tables are filled; it names the scale. */
  private static final Pattern TPCH = Pattern.compile("(?m)^-- load: tpch ([0-9.]+)$");

  private static final int COPY_BYTES = 1 << 16;

  private final Corpus corpus;
  private final CorpusServer server;
  private final Set<String> made = new HashSet<>();

  SchemaTemplates(Corpus corpus, CorpusServer server) {
    this.corpus = corpus;
    this.server = server;
  }

  /** The name of the schema's template. */
  String of(String schema) throws SQLException {
    String template = "template_" + schema;
    if (made.add(template)) {
      server.run("postgres", List.of("CREATE DATABASE " + template));
      try (Connection connection = server.connect(template)) {
        fill(connection, script(schema));
      }
      server.run(template, List.of("VACUUM (ANALYZE)", "CHECKPOINT"));
    }
    return template;
  }

  private String script(String schema) {
    try {
      return Files.readString(corpus.script(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Connection connection, String script) throws SQLException {
    Matcher load = TPCH.matcher(script);
    int done = 0;
    while (load.find()) {
      run(connection, script.substring(done, load.start()));
      for (TpchTable<?> table : TpchTable.getTables()) {
        copy(connection, table, Double.parseDouble(load.group(1)));
      }
      done = load.end();
    }
    run(connection, script.substring(done));
  }

  private static void run(Connection connection, String script) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(script);
    }
  }

  private static void copy(Connection connection, TpchTable<?> table, double scale)
      throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY "
                    + table.getTableName().toLowerCase(Locale.ROOT)
                    + " FROM STDIN (DELIMITER '|')");
    StringBuilder lines = new StringBuilder(COPY_BYTES);
    for (TpchEntity row : table.createGenerator(scale, 1, 1)) {
      String line = row.toLine();
      // The benchmark's format ends each field, COPY's separates them.
      lines.append(line, 0, line.length() - 1).append('\n');
      if (lines.length() >= COPY_BYTES) {
        write(copy, lines);
      }
    }
    write(copy, lines);
    copy.endCopy();
  }

  private static void write(CopyIn copy, StringBuilder lines) throws SQLException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    lines.setLength(0);
  }
}
