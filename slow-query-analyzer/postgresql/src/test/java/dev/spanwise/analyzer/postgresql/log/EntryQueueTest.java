package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntryQueueTest {

  static Stream<Arguments> executors() {
    Executor other = task -> new Thread(task).start();
    return Stream.of(Arguments.of("none", null), Arguments.of("another thread", other));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executors")
  void anEntryThatOverflowsTheStackIsRejectedByItself(String name, @Nullable Executor executor) {
    List<ServerEvent> events = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    EntryQueue queue =
        new EntryQueue(
            new EntryReader("test.log", ServerLogOptions.DEFAULTS),
            new Delivery("test.log", events::add, rejections::add),
            executor);

    queue.add(7, (reader, outcomes) -> descend(0), 10);
    queue.add(9, (reader, outcomes) -> outcomes.reject(9, "told as ever"), 10);
    queue.drain();

    assertThat(rejections)
        .containsExactly(
            new Rejection("test.log", "line 7", "the entry nests too deeply to be read"),
            new Rejection("test.log", "line 9", "told as ever"));
    assertThat(events).isEmpty();
  }

  private static long descend(long depth) {
    return depth < 0 ? 0 : 1 + descend(depth + 1);
  }
}
