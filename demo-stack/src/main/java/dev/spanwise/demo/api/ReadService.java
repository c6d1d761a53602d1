package dev.spanwise.demo.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET with one read's result as JSON, off the event loop. */
final class ReadService extends AbstractHttpService {
  private static final Logger logger = LoggerFactory.getLogger(ReadService.class);

  private static final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Read read;
  private final ReadRunner runner;

  ReadService(Read read, ReadRunner runner) {
    this.read = read;
    this.runner = runner;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> answer(ctx), ctx.blockingTaskExecutor()));
  }

  private HttpResponse answer(ServiceRequestContext ctx) {
    try {
      long account = account(ctx);
      Optional<ReadResult> result = runner.run(read, account);
      return result.isPresent()
          ? respond(HttpStatus.OK, result.get())
          : error(HttpStatus.NOT_FOUND, "account " + account + " is not in the read model");
    } catch (NumberFormatException e) {
      return error(HttpStatus.BAD_REQUEST, "account must be a whole number");
    } catch (SQLException | JsonProcessingException e) {
      logger.warn("{} failed", ctx.path(), e);
      return error(HttpStatus.INTERNAL_SERVER_ERROR, "the read model cannot be read");
    }
  }

  /** The account in the path; a read of no account passes none on. */
  private static long account(ServiceRequestContext ctx) {
    String account = ctx.pathParam("account");
    return account == null ? 0 : Long.parseLong(account);
  }

  private static HttpResponse error(HttpStatus status, String message) {
    try {
      return respond(status, Map.of("error", message));
    } catch (JsonProcessingException e) {
      return HttpResponse.of(status);
    }
  }

  private static HttpResponse respond(HttpStatus status, Object body)
      throws JsonProcessingException {
    return HttpResponse.of(status, MediaType.JSON, json.writeValueAsBytes(body));
  }
}
