package dev.spanwise.examples.spring;

import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Watchlists {
  private final Map<String, List<String>> cache = new ConcurrentHashMap<>();
  private final JdbcClient jdbc;
  private final NamedRead watchlist;

  // README
  Watchlists(JdbcClient jdbc, NamedReads reads) {
    this.jdbc = jdbc;
    this.watchlist = reads.named("watchlist");
  }

  // README

  List<String> of(String account) {
    return watchlist.call(
        read -> {
          List<String> cached = cache.get(account);
          if (cached != null) {
            read.cacheHit();
            return cached;
          }
          read.cacheMiss();
          List<String> symbols = cache.computeIfAbsent(account, this::select);
          read.rows(symbols.size());
          return symbols;
        });
  }

  /** Whoever adds a symbol again, as when a message comes twice, gets the version that has it. */
  Write add(String account, String symbol) {
    long version =
        jdbc.sql(
                """
                insert into watchlists as w values (?, 1, array[?])
                on conflict (account) do update
                set version = w.version + (not w.symbols @> excluded.symbols)::int,
                    symbols = case when w.symbols @> excluded.symbols then w.symbols
                              else w.symbols || excluded.symbols end
                returning version
                """)
            .params(account, symbol)
            .query(Long.class)
            .single();
    return new Write(account, version, Instant.now());
  }

  void forget(String account) {
    cache.remove(account);
  }

  private List<String> select(String account) {
    return jdbc.sql("select unnest(symbols) from watchlists where account = ?")
        .param(account)
        .query(String.class)
        .list();
  }
}
