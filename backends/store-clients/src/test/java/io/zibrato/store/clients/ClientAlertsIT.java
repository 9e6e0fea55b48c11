package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.librato.Alert;
import io.zibrato.librato.Alerts;
import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.Condition;
import io.zibrato.librato.LibratoException;
import io.zibrato.librato.ListQuery;
import io.zibrato.librato.NotFoundException;
import io.zibrato.librato.Page;
import io.zibrato.librato.Service;
import io.zibrato.librato.Services;
import io.zibrato.librato.TagFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our client's alerts and services. */
class ClientAlertsIT extends ClientSuite {
  private Alerts alerts;
  private Services services;

  @BeforeEach
  void alerts() {
    alerts = client.alerts();
    services = client.services();
  }

  private Service mail() throws Exception {
    return services.create(Service.of("mail", "Ops", Map.of("addresses", "ops@example.com")));
  }

  @Test
  void service_isCreatedSavedAndDeleted() throws Exception {
    Service mail = mail();

    assertThat(mail)
        .isEqualTo(new Service(mail.id(), "mail", "Ops", Map.of("addresses", "ops@example.com")));
    assertThat(services.get(mail.id())).isEqualTo(mail);
    services.save(mail.title("Ops team").setting("cc", "boss@example.com"));
    assertThat(services.get(mail.id()))
        .isEqualTo(
            new Service(
                mail.id(),
                "mail",
                "Ops team",
                Map.of("addresses", "ops@example.com", "cc", "boss@example.com")));
    services.delete(mail.id());
    assertThatThrownBy(() -> services.get(mail.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> services.delete(mail.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  void services_areListed() throws Exception {
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      titles.add("t%03d".formatted(i));
      services.create(Service.of("mail", titles.get(i), Map.of("addresses", "ops@example.com")));
    }

    try (Stream<Service> all = services.listAll(ListQuery.all())) {
      assertThat(all.map(Service::title)).containsExactlyElementsOf(titles);
    }
    Page<Service> page = services.list(ListQuery.all().offset(118));
    assertThat(page.items()).extracting(Service::title).containsExactly("t118", "t119");
    assertThat(page.found()).isEqualTo(120);
  }

  @Test
  void alert_ofEveryConditionComesBack() throws Exception {
    Service mail = mail();

    Alert made =
        alerts.create(
            Alert.named("web.slow")
                .description("too slow")
                .when(
                    Condition.above("delay", 200.5)
                        .summaryFunction("max")
                        .durationSeconds(300)
                        .source("web-*"))
                .when(Condition.below("delay", 1).tag(new TagFilter("host", false, List.of("a"))))
                .when(Condition.absent("heartbeat", 600))
                .notify(mail.id())
                .attribute("runbook_url", "https://example.com/slow")
                .rearmSeconds(120));

    assertThat(made.name()).isEqualTo("web.slow");
    assertThat(made.description()).isEqualTo("too slow");
    assertThat(made.active()).isTrue();
    assertThat(made.rearmSeconds()).isEqualTo(120);
    assertThat(made.attributes()).isEqualTo(Map.of("runbook_url", "https://example.com/slow"));
    assertThat(made.services()).containsExactly(mail);
    assertThat(made.createdAt()).isNotNull();
    assertThat(made.conditions()).extracting(Condition::id).doesNotContainNull();
    assertThat(made.conditions())
        .extracting(Condition::type)
        .containsExactly("above", "below", "absent");
    Condition above = made.conditions().get(0);
    assertThat(above.metricName()).isEqualTo("delay");
    assertThat(above.threshold()).isEqualTo(200.5);
    assertThat(above.summaryFunction()).isEqualTo("max");
    assertThat(above.durationSeconds()).isEqualTo(300);
    assertThat(above.source()).isEqualTo("web-*");
    assertThat(made.conditions().get(1).tags())
        .containsExactly(new TagFilter("host", false, List.of("a")));
    assertThat(made.conditions().get(2).durationSeconds()).isEqualTo(600);
    assertThat(alerts.get(made.id())).isEqualTo(made);
    assertThat(alerts.find("WEB.slow")).contains(made);
    assertThat(alerts.find("web")).isEmpty();
    assertThat(alerts.status(made.id())).isEqualTo("ok");
  }

  @Test
  void alert_isSavedClearedAndDeleted() throws Exception {
    Service one = mail();
    Service two = mail();
    Alert made =
        alerts.create(Alert.named("web.slow").when(Condition.above("delay", 200)).notify(one.id()));

    alerts.save(
        made.active(false)
            .name("web.slower")
            .conditions(List.of(Condition.below("delay", 3)))
            .services(List.of(two)));
    Alert saved = alerts.get(made.id());
    assertThat(saved.name()).isEqualTo("web.slower");
    assertThat(saved.active()).isFalse();
    assertThat(saved.conditions()).extracting(Condition::type).containsExactly("below");
    assertThat(saved.services()).containsExactly(two);

    alerts.addService(made.id(), one.id());
    assertThat(alerts.get(made.id()).services()).containsExactlyInAnyOrder(one, two);
    alerts.removeService(made.id(), two.id());
    assertThat(alerts.get(made.id()).services()).containsExactly(one);
    services.delete(one.id());
    assertThat(alerts.get(made.id()).services()).isEmpty();

    alerts.clear(made.id());
    assertThat(alerts.status(made.id())).isEqualTo("ok");
    assertThatThrownBy(() -> alerts.create(Alert.named("WEB.slower").when(Condition.above("a", 1))))
        .isInstanceOfSatisfying(LibratoException.class, e -> assertThat(e.status()).isEqualTo(422));
    alerts.delete(made.id());
    assertThatThrownBy(() -> alerts.get(made.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> alerts.status(made.id())).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> alerts.delete(made.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  void alert_thatIsRefusedSaysWhy() {
    assertThatThrownBy(() -> alerts.create(Alert.named("a b").when(Condition.above("delay", 1))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("name");
    assertThatThrownBy(
            () ->
                alerts.create(Alert.named("a").when(Condition.above("delay", 1)).rearmSeconds(61)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("rearm_seconds");
    assertThatThrownBy(
            () ->
                alerts.create(
                    Alert.named("a").when(Condition.above("delay", 1).durationSeconds(7))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("duration");
  }

  @Test
  void alerts_areListed() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      names.add("a%03d".formatted(i));
      alerts.create(Alert.named(names.get(i)).when(Condition.above("delay", i)).active(i % 2 == 0));
    }

    try (Stream<Alert> all = alerts.listAll(ListQuery.all())) {
      assertThat(all.map(Alert::name)).containsExactlyInAnyOrderElementsOf(names);
    }
    Page<Alert> page = alerts.list(ListQuery.named("A11").offset(1).length(5));
    assertThat(page.items()).hasSize(5).allMatch(alert -> alert.name().startsWith("a11"));
    assertThat(page.found()).isEqualTo(10);
    assertThat(page.total()).isEqualTo(120);
  }
}
