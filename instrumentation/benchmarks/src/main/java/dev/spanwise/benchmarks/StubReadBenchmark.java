package dev.spanwise.benchmarks;

import dev.spanwise.benchmarks.stub.StubDataSource;
import javax.sql.DataSource;

/** A point read of a driver that does nothing: what is measured is what is around it. */
public class StubReadBenchmark extends PooledRead {
  @Override
  DataSource driver() {
    return StubDataSource.create();
  }
}
