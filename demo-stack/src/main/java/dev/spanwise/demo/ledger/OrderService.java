package dev.spanwise.demo.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code POST /orders}, off the event loop. */
final class OrderService extends AbstractHttpService {
  private static final Logger logger = LoggerFactory.getLogger(OrderService.class);
  private static final ObjectMapper json = new ObjectMapper();

  private final OrderBook orders;

  OrderService(OrderBook orders) {
    this.orders = orders;
  }

  @Override
  protected HttpResponse doPost(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(
        request.aggregate().thenApplyAsync(this::place, ctx.blockingTaskExecutor()));
  }

  private HttpResponse place(AggregatedHttpRequest request) {
    try {
      Order order = json.readValue(request.contentUtf8(), Order.class);
      String problem = order.problem();
      if (problem != null) {
        return respond(HttpStatus.BAD_REQUEST, Map.of("error", problem));
      }
      OrderBook.Fill fill = orders.place(order);
      return fill == null
          ? respond(
              HttpStatus.NOT_FOUND,
              Map.of("error", "instrument " + order.instrument() + " has no quote"))
          : respond(HttpStatus.CREATED, fill);
    } catch (JsonProcessingException e) {
      return HttpResponse.of(
          HttpStatus.BAD_REQUEST, MediaType.JSON, "{\"error\":\"the body is no order\"}");
    } catch (SQLException e) {
      logger.warn("an order could not be written", e);
      return HttpResponse.of(
          HttpStatus.INTERNAL_SERVER_ERROR,
          MediaType.JSON,
          "{\"error\":\"the ledger cannot be written\"}");
    }
  }

  private static HttpResponse respond(HttpStatus status, Object body)
      throws JsonProcessingException {
    return HttpResponse.of(status, MediaType.JSON, json.writeValueAsBytes(body));
  }
}
