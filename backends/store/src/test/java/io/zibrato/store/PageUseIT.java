package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for everybody: by keyboard, read aloud, light and dark, live and paused. */
class PageUseIT extends PageCase {
  private static final Set<String> CONTROLS =
      Set.of("button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "group");

  @Test
  void live_showsWhatArrives() throws Exception {
    gauge("a", "s", now() - 60, 1);
    final Browser.Tab tab = see("/#metric=a");
    assertThat(drawn(tab, "points")).isEqualTo("1");

    gauge("a", "s", now(), 2);

    tab.until("document.getElementById('chart').dataset.points === '2'");
  }

  @Test
  void pause_stopsAndGoesOn() throws Exception {
    gauge("a", "s", now() - 60, 1);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("p");
    tab.until("document.getElementById('status').textContent === 'Paused'");
    assertThat(tab.text("document.getElementById('pause').getAttribute('aria-pressed')"))
        .isEqualTo("true");
    final int asked = tab.requests().size();
    gauge("a", "s", now(), 2);
    // Longer than the page waits between two rounds, by its own clock.
    tab.eval("new Promise(done => setTimeout(done, 6000))");
    assertThat(tab.requests()).hasSize(asked);
    assertThat(drawn(tab, "points")).isEqualTo("1");

    tab.click("#pause");
    tab.until("document.getElementById('chart').dataset.points === '2'");
    assertThat(tab.textOf("#pause")).isEqualTo("Pause");
  }

  @Test
  void refresh_movesNothing() throws Exception {
    gauges("a", "s1", 20, 1);
    gauges("a", "s2", 20, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String places =
        "JSON.stringify([...document.querySelectorAll('.plot, #numbers, #metrics a, #pause, h1')]"
            + ".map(e => e.getBoundingClientRect()))";
    final String before = tab.text(places);
    final int rounds = tab.eval("Number(document.body.dataset.rounds)").getAsInt();

    gauge("a", "s2", now(), 3);
    tab.until("document.body.dataset.rounds > " + (rounds + 1));

    assertThat(tab.text(places)).isEqualTo(before);
  }

  @Test
  void theme_followsTheSystemUntilChosen() throws Exception {
    gauges("a", "s1", 20, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String ground = "getComputedStyle(document.body).backgroundColor";
    final String light = tab.text(ground);
    assertThat(pixels(tab, "--line-0")).isGreaterThan(100);

    tab.prefersDark(true);
    settle(tab);
    final String dark = tab.text(ground);
    assertThat(dark).isNotEqualTo(light);
    assertThat(pixels(tab, "--line-0")).as("drawn anew, in the dark colour").isGreaterThan(100);

    tab.press("t");
    settle(tab);
    assertThat(tab.text(ground)).isEqualTo(light);
    assertThat(pixels(tab, "--line-0")).isGreaterThan(100);
    assertThat(tab.text("document.getElementById('theme').getAttribute('aria-label')"))
        .isEqualTo("Theme: light");

    tab.eval("location.reload()");
    tab.until("document.body?.dataset.rounds > 0");
    assertThat(tab.text(ground)).isEqualTo(light);
    tab.click("#theme");
    assertThat(tab.text(ground)).isEqualTo(dark);
    tab.click("#theme");
    tab.prefersDark(false);
    assertThat(tab.text(ground)).isEqualTo(light);
  }

  @Test
  void help_listsTheKeys() throws Exception {
    gauge("a", "s", now(), 1);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("?");
    assertThat(tab.eval("document.getElementById('help').open").getAsBoolean()).isTrue();
    assertThat(tab.textOf("#keys")).contains("Pause, and go on").contains("Find a metric");
    tab.press("p");
    assertThat(tab.textOf("#pause")).as("keys rest meanwhile").isEqualTo("Pause");

    tab.press("Escape");
    assertThat(tab.eval("document.getElementById('help').open").getAsBoolean()).isFalse();
  }

  @Test
  void keys_goToTheViews() throws Exception {
    gauge("a", "s", now(), 1);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("2");
    tab.until("document.title.startsWith('Spaces')");
    assertThat(tab.text("document.querySelector('.tabs [aria-current]').id"))
        .isEqualTo("tab-spaces");
    tab.press("3");
    tab.until("document.title.startsWith('Alerts')");
    tab.press("1");
    tab.until("document.title.startsWith('a')");
  }

  @Test
  void chart_isReadByKeyboard() throws Exception {
    final long time = now() - now() % 5 - 100;
    gauge("a", "s1", time, 1.5);
    gauge("a", "s2", time, 7);
    gauge("a", "s1", time + 30, 2.5);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("c");
    tab.press("Home");
    assertThat(tab.textOf("#readout")).endsWith(": s2 7, s1 1.5");
    tab.press("ArrowRight");
    assertThat(tab.textOf("#readout")).endsWith(": s1 2.5");
    tab.press("ArrowLeft");
    assertThat(tab.textOf("#readout")).endsWith(": s2 7, s1 1.5");
    assertThat(tab.text("document.getElementById('readout').getAttribute('aria-live')"))
        .isEqualTo("polite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#metric=a&metric=b", "#view=spaces", "#view=alerts"})
  void controls_haveNames(String address) throws Exception {
    gauges("a", "s1", 3, 1);
    gauges("b", "s1", 3, 1);
    final Browser.Tab tab = see("/" + address);
    tab.press("?");

    int controls = 0;
    for (final JsonObject node : tab.accessible()) {
      final String role =
          node.has("role") ? node.getAsJsonObject("role").get("value").getAsString() : "";
      final boolean focusable = node.toString().contains("\"name\":\"focusable\"");
      if (CONTROLS.contains(role) && focusable) {
        assertThat(node.getAsJsonObject("name").get("value").getAsString())
            .as("%s", node)
            .isNotBlank();
        controls++;
      }
    }
    assertThat(controls).isPositive();
  }

  @Test
  void focus_reachesEverythingAndIsSeen() throws Exception {
    gauges("a", "s1", 3, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String state =
        """
        (() => {
          const e = document.activeElement;
          if (e === document.body) return 'end';
          e.dataset.visited = 'yes';
          const seen = node => node && getComputedStyle(node).outlineStyle !== 'none';
          return seen(e) || seen(e.nextElementSibling) ? 'seen' : e.outerHTML;
        })()
        """;

    for (int i = 0; i < 100; i++) {
      tab.press("Tab");
      final String now = tab.text(state);
      if (now.equals("end")) {
        break;
      }
      assertThat(now).isEqualTo("seen");
    }

    // Of radio buttons, Tab stops at the chosen one.
    assertThat(
            tab.text(
                "[...document.querySelectorAll('a[href], button, input:not([type=radio]), select,"
                    + " [tabindex=\"0\"]')].filter(e => e.checkVisibility() && !e.disabled &&"
                    + " !e.dataset.visited).map(e => e.outerHTML).join()"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void text_standsOut(boolean dark) throws Exception {
    gauges("a", "s1", 3, 1);
    final Browser.Tab tab = see("/#metric=a&metric=none");
    tab.prefersDark(dark);
    tab.press("?");

    assertThat(
            tab.text(
                """
                (() => {
                  const numbers = color => color.match(/[\\d.]+/g).map(Number);
                  const light = color => {
                    const [r, g, b] = numbers(color).map(c => c / 255)
                        .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  const behind = e => {
                    for (let at = e; at; at = at.parentElement) {
                      const color = getComputedStyle(at).backgroundColor;
                      if ((numbers(color)[3] ?? 1) === 1) return color;
                    }
                    return 'rgb(255, 255, 255)';
                  };
                  const weak = [];
                  for (const e of document.querySelectorAll('body *')) {
                    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                    if (!own || !e.checkVisibility() || e.matches(':disabled')) continue;
                    const pair = [light(getComputedStyle(e).color), light(behind(e))].sort();
                    const ratio = (pair[1] + 0.05) / (pair[0] + 0.05);
                    if (ratio < 4.5) weak.push(e.outerHTML.slice(0, 80) + ' ' + ratio);
                  }
                  return weak.join('\\n');
                })()
                """))
        .isEmpty();
    expectComplaints(); // the metric that is not there
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void width_isNeverExceeded(int width) throws Exception {
    gauges("a.rather.long.name.of.a.metric:with-nothing_to-break-it-at".repeat(3), "s1", 3, 1e9);
    final Browser.Tab tab = see("/");
    tab.size(width, 844);

    tab.until("document.documentElement.scrollWidth === " + width);
    tab.until("Chart.getChart('chart').width < " + width);
  }
}
