package dev.spanwise.analyzer.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {

  private static final Map<String, String> NOTHING_SET = Map.of();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://                               | postgresql://me@localhost:5432/me",
        "postgres://u:s3cret@h                       | postgresql://u@h:5432/u",
        "postgresql://u:s3cret@h:6543/d?sslmode=require | postgresql://u@h:6543/d",
        "postgresql://u%40x:s3c%2Fret@h/d%20e        | postgresql://u%40x@h:5432/d%20e",
        "postgresql://u:s3c@ret@h/d                  | postgresql://u@h:5432/d",
        "postgresql://[::1]:6543/d                   | postgresql://me@[::1]:6543/d",
        "postgresql://a:1,b,[::1]/d                  | postgresql://me@a:1,b:5432,[::1]:5432/d",
        "postgresql:///d?host=h&port=7&user=u        | postgresql://u@h:7/d",
        "jdbc:postgresql://h:6543/d?user=u&password=s3cret | postgresql://u@h:6543/d",
        "jdbc:postgresql:d                           | postgresql://me@localhost:5432/d",
        "jdbc:postgresql://h/?user=u                 | postgresql://u@h:5432/u",
      })
  void readsUrls(String url, String expected) throws DatabaseUrlException {
    assertThat(DatabaseUrl.parse(url, NOTHING_SET, "me")).hasToString(expected);
  }

  @Test
  void takesWhatIsMissingFromTheEnvironment() throws DatabaseUrlException {
    Map<String, String> environment =
        Map.of("PGHOST", "::1", "PGPORT", "7", "PGUSER", "u", "PGDATABASE", "d");

    assertThat(DatabaseUrl.parse("postgresql://", environment, "me"))
        .hasToString("postgresql://u@[::1]:7/d");
    assertThat(DatabaseUrl.parse("postgresql://x@h:8/y", environment, "me"))
        .hasToString("postgresql://x@h:8/y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://u:s3cret@h/d",
        "h:5432/d",
        "postgresql://u:s3cret@h:port/d",
        "postgresql://u:s3cret@h:70000/d",
        "postgresql://u:s3cret%zz@h/d",
        "postgresql://u:s3cret%2@h/d",
        "postgresql://u:12/s3cret@h/d",
        "postgresql://u:s3cret@[::1/d",
        "postgresql://u:s3cret@h/d?sslmode",
        "postgresql://u:s3cret@h/d?connect_timeout=soon",
        "postgresql://u:s3cret@/d?host=/var/run/postgresql",
      })
  void aWrongUrlIsOneErrorWithoutThePassword(String url) {
    assertThatExceptionOfType(DatabaseUrlException.class)
        .isThrownBy(() -> DatabaseUrl.parse(url, NOTHING_SET, "me"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret").isNotBlank());
  }

  @Test
  void anUnreachableServerIsAnErrorOfItsOwn() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://u:s3cret@127.0.0.1:" + closed + "/d", NOTHING_SET, "me");

    assertThatExceptionOfType(DatabaseUnreachableException.class)
        .isThrownBy(url::open)
        .satisfies(
            e -> {
              assertThat(e).hasMessageContaining(url.toString());
              assertThat(e.getMessage()).doesNotContain("s3cret");
              assertThat(e.sqlState()).startsWith("08");
            });
  }

  @Test
  void aMissingDatabaseIsNamed() throws Exception {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://postgres@127.0.0.1:" + TestServer.postgres18().port() + "/missing",
            NOTHING_SET,
            "me");

    assertThatExceptionOfType(DatabaseUnreachableException.class)
        .isThrownBy(url::open)
        .withMessageContaining("\"missing\" does not exist");
  }

  @Test
  void opensAConnectionThatSaysWhoItIs() throws Exception {
    String url = "postgresql://postgres@127.0.0.1:" + TestServer.postgres18().port() + "/postgres";

    try (Connection connection = DatabaseUrl.parse(url, NOTHING_SET, "me").open()) {
      assertThat(TestServer.one(connection, "SHOW application_name")).isEqualTo("spanwise");
    }
    try (Connection connection =
        DatabaseUrl.parse(
                url + "?application_name=mine&options=-c%20work_mem=9MB", NOTHING_SET, "me")
            .open()) {
      assertThat(TestServer.one(connection, "SHOW application_name")).isEqualTo("mine");
      assertThat(TestServer.one(connection, "SHOW work_mem")).isEqualTo("9MB");
    }
  }

  /** The driver reads the password file, given what the URL left out and this class filled in. */
  @Test
  void thePasswordFileIsRead(@TempDir Path directory) throws Exception {
    int port = TestServer.postgres18().port();
    Path file = passwordFile(directory, "127.0.0.1:" + port + ":postgres:postgres:s3cret\n");
    try (Connection connection = TestServer.postgres18().connect()) {
      String hba = TestServer.one(connection, "SHOW hba_file");
      String before = Files.readString(Path.of(hba));
      System.setProperty("org.postgresql.pgpassfile", file.toString());
      try {
        Files.writeString(
            Path.of(hba), "host postgres postgres 127.0.0.1/32 scram-sha-256\n" + before);
        TestServer.run(
            connection, "ALTER ROLE postgres PASSWORD 's3cret'", "SELECT pg_reload_conf()");
        DatabaseUrl url =
            DatabaseUrl.parse(
                "postgresql://127.0.0.1:" + port + "/postgres", NOTHING_SET, "postgres");
        TestServer.await(
            () ->
                TestServer.one(
                        connection,
                        "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method LIKE 'scram%'")
                    .equals("1"));
        url.open().close();
        Files.writeString(file, "");
        TestServer.await(() -> refuses(url));
        DatabaseUrl withVariable =
            DatabaseUrl.parse(url.toString(), Map.of("PGPASSWORD", "s3cret"), "postgres");
        withVariable.open().close();
      } finally {
        System.clearProperty("org.postgresql.pgpassfile");
        Files.writeString(Path.of(hba), before);
        TestServer.run(connection, "SELECT pg_reload_conf()");
        TestServer.await(() -> connects(port));
      }
    }
  }

  private static boolean refuses(DatabaseUrl url) {
    try {
      url.open().close();
      return false;
    } catch (DatabaseUnreachableException e) {
      return true;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean connects(int port) {
    try {
      return !refuses(
          DatabaseUrl.parse(
              "postgresql://127.0.0.1:" + port + "/postgres", NOTHING_SET, "postgres"));
    } catch (DatabaseUrlException e) {
      throw new AssertionError(e);
    }
  }

  private static Path passwordFile(Path directory, String content) throws IOException {
    Path file = directory.resolve("pgpass");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
