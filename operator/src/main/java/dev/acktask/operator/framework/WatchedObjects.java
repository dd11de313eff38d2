package dev.acktask.operator.framework;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects of one kind in the informer's cache; none before the watch runs. Thread-safe. */
public final class WatchedObjects<R extends HasMetadata> {
  private volatile @Nullable Cache<R> cache;

  /** Sets the cache. */
  public void use(Cache<R> informer) {
    cache = informer;
  }

  /** All objects. */
  public List<R> all() {
    Cache<R> informer = cache;
    return informer == null ? List.of() : informer.list().toList();
  }

  /** The object with this name. */
  public Optional<R> find(ResourceID id) {
    Cache<R> informer = cache;
    return informer == null ? Optional.empty() : informer.get(id);
  }

  /** True if there is a cache, and it has no object with this name. */
  public boolean lack(ResourceID id) {
    Cache<R> informer = cache;
    return informer != null && informer.get(id).isEmpty();
  }

  /** The cache; empty before the watch runs. */
  public Optional<Cache<R>> cache() {
    return Optional.ofNullable(cache);
  }

  /**
   * The resourceVersion of each object, by uid.
   *
   * @param namespaces selects the objects; gets an empty name for those without a namespace
   */
  public Map<String, String> versions(Predicate<String> namespaces) {
    return all().stream()
        .map(HasMetadata::getMetadata)
        .filter(meta -> namespaces.test(Objects.requireNonNullElse(meta.getNamespace(), "")))
        .collect(Collectors.toMap(ObjectMeta::getUid, ObjectMeta::getResourceVersion));
  }
}
