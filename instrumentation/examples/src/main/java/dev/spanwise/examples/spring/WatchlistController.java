package dev.spanwise.examples.spring;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/watchlists/{account}")
class WatchlistController {
  private final Watchlists watchlists;
  private final Projector projector;

  WatchlistController(Watchlists watchlists, Projector projector) {
    this.watchlists = watchlists;
    this.projector = projector;
  }

  @GetMapping
  List<String> watchlist(@PathVariable String account) {
    return watchlists.of(account);
  }

  @PutMapping("/{symbol}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void add(@PathVariable String account, @PathVariable String symbol)
      throws IOException, JetStreamApiException {
    projector.publish(account, symbol);
  }
}
