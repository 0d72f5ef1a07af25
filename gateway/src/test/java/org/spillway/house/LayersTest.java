package org.spillway.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No class of the gateway reaches below its layer, or to a library that is not its own. */
final class LayersTest {

  private static final List<String> SMALL =
      List.of(
          "# a comment",
          "(all) org.slf4j",
          "mail",
          "store org.jdbi java.sql",
          "smtp",
          "smtp.mina org.apache.mina",
          "deliver org.spillway.cluster",
          "(root) org.apache.camel");

  @Test
  void everyClassKeepsItsLayer() throws IOException {
    Layers layers = Layers.read(Repository.ROOT.resolve("gateway/layers.txt"));
    JavaClasses classes =
        new ClassFileImporter().importPath(Repository.ROOT.resolve("gateway/target/classes"));

    assertThat(classes).isNotEmpty();
    assertThat(classes.stream().flatMap(type -> objections(layers, type)).distinct().sorted())
        .as("what breaks gateway/layers.txt")
        .isEmpty();
  }

  private static Stream<String> objections(Layers layers, JavaClass type) {
    Stream<String> unlisted =
        layers.of(type.getPackageName()).isPresent()
            ? Stream.empty()
            : Stream.of(type.getPackageName() + " is not in layers.txt");
    Stream<String> edges =
        type.getDirectDependenciesFromSelf().stream()
            .map(edge -> objection(layers, edge))
            .flatMap(Optional::stream);
    return Stream.concat(unlisted, edges);
  }

  private static Optional<String> objection(Layers layers, Dependency edge) {
    JavaClass to = edge.getTargetClass().getBaseComponentType();
    if (to.isPrimitive()) {
      return Optional.empty();
    }
    return layers
        .objection(edge.getOriginClass().getPackageName(), to.getPackageName(), to.getName())
        .map(why -> why + ": " + edge.getDescription());
  }

  @ParameterizedTest
  @CsvSource({
    "org.spillway.store, org.spillway.mail, org.spillway.mail.Address",
    "org.spillway.mail, org.spillway.mail, org.spillway.mail.Domain",
    "org.spillway.smtp.mina, org.spillway.smtp, org.spillway.smtp.Capability",
    "org.spillway.smtp.mina.tls, org.apache.mina.core, org.apache.mina.core.Session",
    "org.spillway, org.spillway.deliver, org.spillway.deliver.Courier",
    "org.spillway, org.apache.camel, org.apache.camel.CamelContext",
    "org.spillway.mail, java.util, java.util.List",
    "org.spillway.mail, org.slf4j, org.slf4j.Logger",
    "org.spillway.store, java.sql, java.sql.Connection",
    "org.spillway.deliver, org.spillway.cluster, org.spillway.cluster.Lease",
  })
  void allows(String fromPackage, String toPackage, String toClass) {
    assertThat(Layers.of(SMALL).objection(fromPackage, toPackage, toClass)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "org.spillway.mail, org.spillway.store, org.spillway.store.Tracker, back edge",
    "org.spillway.smtp, org.spillway.smtp.mina, org.spillway.smtp.mina.Codec, back edge",
    "org.spillway.mail, org.spillway, org.spillway.Gateway, back edge",
    "org.spillway.mailbox, org.spillway.mail, org.spillway.mail.Address, not in layers.txt",
    "org.spillway.mail, org.spillway.mailbox, org.spillway.mailbox.Box, not in layers.txt",
    "org.spillway.smtp, org.apache.mina.core, org.apache.mina.core.Session, may not use",
    "org.spillway.mail, java.sql, java.sql.Connection, may not use",
    "org.spillway.mail, java.awt, java.awt.Color, may not use",
    "org.spillway.mail, sun.misc, sun.misc.Unsafe, may not use",
    "org.spillway.mail, org.spillway.cluster, org.spillway.cluster.Lease, may not use",
    "org.spillway.store, org.jdbiother, org.jdbiother.Thing, may not use",
  })
  void refuses(String fromPackage, String toPackage, String toClass, String why) {
    assertThat(Layers.of(SMALL).objection(fromPackage, toPackage, toClass))
        .hasValueSatisfying(objection -> assertThat(objection).contains(why));
  }
}
