package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.Chart;
import io.zibrato.librato.ChartStream;
import io.zibrato.librato.Charts;
import io.zibrato.librato.LibratoException;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.NotFoundException;
import io.zibrato.librato.Page;
import io.zibrato.librato.Space;
import io.zibrato.librato.Spaces;
import io.zibrato.librato.TagFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our client's spaces and charts. */
class ClientSpacesIT extends ClientSuite {
  private Spaces spaces;

  @BeforeEach
  void spaces() {
    spaces = client.spaces();
  }

  @Test
  void space_isCreatedFoundRenamedAndDeleted() throws Exception {
    Space web = spaces.create("Web");
    Space tagged = spaces.create("Tagged", true);

    assertThat(web.name()).isEqualTo("Web");
    assertThat(tagged.tags()).isTrue();
    assertThat(spaces.get(web.id()).name()).isEqualTo("Web");
    assertThat(spaces.find("WEB")).hasValueSatisfying(s -> assertThat(s.id()).isEqualTo(web.id()));
    assertThat(spaces.find("We")).isEmpty();
    spaces.rename(web.id(), "Web servers");
    assertThat(spaces.get(web.id()).name()).isEqualTo("Web servers");
    assertThatThrownBy(() -> spaces.create("tagged"))
        .isInstanceOfSatisfying(LibratoException.class, e -> assertThat(e.status()).isEqualTo(422));
    spaces.delete(web.id());
    assertThatThrownBy(() -> spaces.get(web.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> spaces.delete(web.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  void spaces_areListed() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      names.add("s%03d".formatted(i));
      spaces.create(names.get(i));
    }

    try (Stream<Space> all = spaces.listAll(ListQuery.all())) {
      assertThat(all.map(Space::name)).containsExactlyElementsOf(names);
    }
    Page<Space> page = spaces.list(ListQuery.named("s11").offset(8).length(5));
    assertThat(page.items()).extracting(Space::name).containsExactly("s118", "s119");
    assertThat(page.found()).isEqualTo(10);
    assertThat(page.total()).isEqualTo(120);
  }

  @Test
  void charts_ofEveryKindComeBack() throws Exception {
    Charts charts = spaces.charts(spaces.create("Web").id());

    Chart line =
        charts.create(
            Chart.line(
                    "Delay",
                    ChartStream.metric("delay", "web-*")
                        .groupFunction("breakout")
                        .summaryFunction("max")
                        .with("color", "#52D74C")
                        .with("units_short", "ms")
                        .with("transform_function", "x*1000")
                        .with("period", 60),
                    ChartStream.metric("load"))
                .with("min", 0)
                .with("max", 99.5)
                .with("label", "how long"));
    Chart stacked =
        charts.create(
            Chart.stacked(
                "Hosts",
                ChartStream.tagged("cpu", new TagFilter("host", true, List.of("a", "web-*")))));
    Chart number =
        charts.create(
            Chart.bigNumber("Sum", ChartStream.composite("sum(s(\"delay\", \"*\"))"))
                .with("thresholds", List.of(Map.of("operator", ">", "value", 90, "type", "red"))));

    assertThat(line.type()).isEqualTo("line");
    assertThat(line.options())
        .containsEntry("min", 0L)
        .containsEntry("max", 99.5)
        .containsEntry("label", "how long");
    assertThat(line.streams()).hasSize(2).allMatch(stream -> stream.id() != null);
    ChartStream delay = line.streams().get(0);
    assertThat(delay.metric()).isEqualTo("delay");
    assertThat(delay.source()).isEqualTo("web-*");
    assertThat(delay.options())
        .containsEntry("group_function", "breakout")
        .containsEntry("summary_function", "max")
        .containsEntry("color", "#52D74C")
        .containsEntry("units_short", "ms")
        .containsEntry("transform_function", "x*1000")
        .containsEntry("period", 60L);
    assertThat(stacked.type()).isEqualTo("stacked");
    assertThat(stacked.streams().get(0).tags())
        .containsExactly(new TagFilter("host", true, List.of("a", "web-*")));
    assertThat(number.type()).isEqualTo("bignumber");
    assertThat(number.options()).containsEntry("use_last_value", true);
    assertThat(number.options().get("thresholds"))
        .isEqualTo(List.of(Map.of("operator", ">", "value", 90L, "type", "red")));
    assertThat(number.streams().get(0).composite()).isEqualTo("sum(s(\"delay\", \"*\"))");

    assertThat(charts.get(line.id())).isEqualTo(line);
    assertThat(charts.list()).containsExactly(line, stacked, number);
    assertThat(charts.find("hosts")).contains(stacked);
    assertThat(charts.find("none")).isEmpty();
  }

  @Test
  void chart_isSavedAndDeleted() throws Exception {
    Space web = spaces.create("Web");
    Charts charts = spaces.charts(web.id());
    Chart chart = charts.create(Chart.line("Delay", ChartStream.metric("delay")));
    assertThat(spaces.get(web.id()).chartIds()).containsExactly(chart.id());

    charts.save(chart.name("Delays").stream(ChartStream.metric("load").summaryFunction("sum")));
    Chart saved = charts.get(chart.id());
    assertThat(saved.name()).isEqualTo("Delays");
    assertThat(saved.streams()).extracting(ChartStream::metric).containsExactly("delay", "load");
    assertThat(saved.streams().get(0).id()).isEqualTo(chart.streams().get(0).id());

    charts.delete(chart.id());
    assertThatThrownBy(() -> charts.get(chart.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> charts.delete(chart.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> spaces.charts(web.id() + 1).list())
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(
            () -> charts.create(Chart.line("x", ChartStream.metric("a").groupFunction("median"))))
        .isInstanceOf(BadRequestException.class);
  }
}
