package org.spillway.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded memory: what was least lately asked for is forgotten first. */
final class Recent<K, V> {
  private final Map<K, V> byKey;

  Recent(int most) {
    byKey =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(byKey.get(key));
  }

  synchronized void put(K key, V value) {
    byKey.put(key, value);
  }
}
