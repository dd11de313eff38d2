package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class ResourceCollectionTest {
  private static final URI PATH = URI.create("https://api.example/apis/x/v1/tasks");

  @Test
  void shouldHaveNoSelectorWhenAllObjectsAreSelected() {
    assertEquals(PATH + "?limit=500", new ResourceCollection(PATH, "").url("limit=500"));
  }

  @Test
  void shouldEncodeTheSelector() {
    assertEquals(
        PATH + "?limit=500&labelSelector=a.b%2Fc+in+%28d%2Ce%29%2C%21f%3D%3Dg",
        new ResourceCollection(PATH, "a.b/c in (d,e),!f==g").url("limit=500"));
  }
}
