package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.RandomAccess;

/**
 * A batch that was fetched: each message's processing begins when the application gets to it, not
 * when the batch came. Iterating lets a message go when the next is asked for. Where messages are
 * not acknowledged only iterating has spans: nothing would tell when a message is done that was got
 * by its place. Where nobody told whether they are, such a message's begins as it is settled.
 */
final class PulledList extends AbstractList<Message> implements RandomAccess {
  private final List<Message> messages = new ArrayList<>();
  private final MessageSource source;

  PulledList(List<?> batch, MessageSource source) {
    batch.forEach(message -> messages.add((Message) message));
    this.source = source;
  }

  @Override
  public Message get(int index) {
    return kept(index, source.got(messages.get(index)));
  }

  private Message kept(int index, Message message) {
    messages.set(index, message);
    return message;
  }

  @Override
  public int size() {
    return messages.size();
  }

  @Override
  public Message set(int index, Message message) {
    return messages.set(index, message);
  }

  @Override
  public void add(int index, Message message) {
    modCount++;
    messages.add(index, message);
  }

  @Override
  public Message remove(int index) {
    modCount++;
    return messages.remove(index);
  }

  @Override
  public Iterator<Message> iterator() {
    ListIterator<Message> places = listIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        source.asked();
        return places.hasNext();
      }

      @Override
      public Message next() {
        source.asked();
        int index = places.nextIndex();
        places.next();
        return kept(index, source.taken(messages.get(index)));
      }

      @Override
      public void remove() {
        places.remove();
      }
    };
  }
}
