package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.librato.Aggregator;
import io.zibrato.librato.AggregatorBuilder;
import io.zibrato.librato.Alerts;
import io.zibrato.librato.Annotations;
import io.zibrato.librato.Charts;
import io.zibrato.librato.LibratoClient;
import io.zibrato.librato.LibratoClientBuilder;
import io.zibrato.librato.Measurements;
import io.zibrato.librato.Metrics;
import io.zibrato.librato.Queue;
import io.zibrato.librato.Services;
import io.zibrato.librato.Spaces;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public operation of our client is called in the suite that is about it. */
class OperationsTest {
  private static final Path SUITES = Path.of("src/test/java/io/zibrato/store/clients");

  static Stream<Arguments> suites() {
    return Stream.of(
        Arguments.of(Metrics.class, "ClientMetricsIT"),
        Arguments.of(Measurements.class, "ClientMeasurementsIT"),
        Arguments.of(Annotations.class, "ClientAnnotationsIT"),
        Arguments.of(Alerts.class, "ClientAlertsIT"),
        Arguments.of(Services.class, "ClientAlertsIT"),
        Arguments.of(Spaces.class, "ClientSpacesIT"),
        Arguments.of(Charts.class, "ClientSpacesIT"),
        Arguments.of(Queue.class, "ClientQueueIT"),
        Arguments.of(Aggregator.class, "ClientQueueIT"),
        Arguments.of(AggregatorBuilder.class, "ClientQueueIT"));
  }

  @ParameterizedTest
  @MethodSource("suites")
  void operations_areAllCalled(Class<?> resource, String suite) throws IOException {
    String source = Files.readString(SUITES.resolve(suite + ".java")).replaceAll("\\s+", "");

    Set<String> closedByItsBlock = Set.of("close");
    List<String> operations =
        Arrays.stream(resource.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !closedByItsBlock.contains(name))
            .distinct()
            .toList();
    assertThat(operations).isNotEmpty();
    assertThat(operations)
        .allSatisfy(name -> assertThat(source).containsPattern("(\\.|::)" + name + "\\b"));
  }

  @Test
  void suites_areOfAllThatAClientHas() {
    List<Class<?>> known =
        suites().<Class<?>>map(arguments -> (Class<?>) arguments.get()[0]).toList();

    List<Class<?>> had =
        Arrays.stream(LibratoClient.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .<Class<?>>map(Method::getReturnType)
            .filter(type -> type.getPackage() == LibratoClient.class.getPackage())
            .filter(type -> type != LibratoClientBuilder.class)
            .toList();
    assertThat(had).isNotEmpty().isSubsetOf(known);
  }
}
