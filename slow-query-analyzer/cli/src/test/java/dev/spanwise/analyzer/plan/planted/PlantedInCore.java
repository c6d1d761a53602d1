package dev.spanwise.analyzer.plan.planted;

import com.linecorp.armeria.common.HttpRequest;
import dev.spanwise.analyzer.cli.Main;
import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrl;
import dev.spanwise.analyzer.server.ReportServer;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.instrumentation.fingerprint.Statement;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import java.io.File;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the core may not do, one class each, and what it may. */
public final class PlantedInCore {

  private PlantedInCore() {}

  /** Uses what the core may use. */
  public static final class Allowed {
    static @Nullable InputStream resource() {
      return Allowed.class.getResourceAsStream("page.html");
    }

    static Statement statement(String sql) {
      return Statement.of(sql);
    }

    static Instant instant(long millis) {
      return Instant.ofEpochMilli(millis);
    }
  }

  /** Holds the classes that break the law. */
  public static final class Forbidden {

    private Forbidden() {}

    record UsesPostgresql(DatabaseUrl url) {}

    record UsesIngest(SpanFileReader reader) {}

    record UsesServer(ReportServer server) {}

    record UsesCommandLine(Main main) {}

    record UsesDemo(DemoDatabase database) {}

    record UsesLibrary(PostgresqlTelemetry telemetry) {}

    record UsesConnection(Connection connection) {}

    record UsesDataSource(DataSource dataSource) {}

    record UsesDriver(org.postgresql.PGConnection connection) {}

    record UsesHttpClient(HttpClient client) {}

    record UsesArmeria(HttpRequest request) {}

    record UsesHttpServer(com.sun.net.httpserver.HttpServer server) {}

    record UsesSocket(Socket socket) {}

    record UsesPath(Path path) {}

    record UsesFile(File file) {}

    record UsesRandomAccessFile(RandomAccessFile file) {}

    record UsesFileChannel(FileChannel channel) {}

    record UsesClock(Clock clock) {}

    record UsesDate(Date date) {}

    record UsesSlf4j(org.slf4j.Logger logger) {}

    record UsesJavaLogging(java.util.logging.Logger logger) {}

    record UsesSystemLogger(System.Logger logger) {}

    record UsesThread(Thread thread) {}

    record UsesExecutor(Executor executor) {}

    record UsesForkJoin(ForkJoinPool pool) {}

    static final class AsksTheInstant {
      static Instant instant() {
        return Instant.now();
      }
    }

    static final class RefersToTheInstant {
      static Supplier<Instant> instant() {
        return Instant::now;
      }
    }

    static final class AsksTheDate {
      static LocalDate date() {
        return LocalDate.now(ZoneOffset.UTC);
      }
    }

    static final class AsksTheMilliseconds {
      static long millis() {
        return System.currentTimeMillis();
      }
    }

    static final class RefersToTheNanoseconds {
      static LongSupplier nanos() {
        return System::nanoTime;
      }
    }
  }
}
