package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final String MAIL =
      "{\"id\":\"156\",\"type\":\"mail\",\"settings\":{\"addresses\":\"a@example.com\"},"
          + "\"title\":\"Ops\"}";
  private static final Service READ =
      new Service(156L, "mail", "Ops", Map.of("addresses", "a@example.com"));

  private final StubApi api = new StubApi();
  private final LibratoClient client = api.client();
  private final Services services = client.services();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void listAndGet_idsThatAreStrings() throws Exception {
    api.answer(200, "{\"query\":{\"found\":1},\"services\":[" + MAIL + "]}").answer(200, MAIL);

    assertThat(services.listAll(ListQuery.all())).containsExactly(READ);
    assertThat(services.get(156)).isEqualTo(READ);
    assertThat(api.texts())
        .containsExactly("GET /v1/services?offset=0&length=100", "GET /v1/services/156");
  }

  @Test
  void createSaveAndDelete() throws Exception {
    api.answer(201, MAIL).answer(204, "").answer(204, "");

    assertThat(services.create(Service.of("mail", "Ops", Map.of("addresses", "a@example.com"))))
        .isEqualTo(READ);
    services.save(READ.title("All").setting("addresses", "b@example.com"));
    services.delete(156);

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/services {\"title\":\"Ops\",\"type\":\"mail\","
                + "\"settings\":{\"addresses\":\"a@example.com\"}}",
            "PUT /v1/services/156 {\"title\":\"All\",\"type\":\"mail\","
                + "\"settings\":{\"addresses\":\"b@example.com\"}}",
            "DELETE /v1/services/156");
  }
}
