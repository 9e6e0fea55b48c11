package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"errors\":{\"params\":{\"name\":[\"is not present\"],\"start_time\":[\"is not a number\",\"is old\"]}}}"
            + "|params: name: is not present, params: start_time: is not a number, params: start_time: is old",
        "{\"errors\":{\"params\":{\"name\":\"is not present\"}}}|params: name: is not present",
        "{\"errors\":{\"params\":{\"conditions\":{\"duration\":[\"must be set\"]}}}}"
            + "|params: conditions: duration: must be set",
        "{\"errors\":{\"params\":{\"conditions\":[{\"duration\":[\"must be set\"]}]}}}"
            + "|params: conditions: duration: must be set",
        "{\"errors\":{\"request\":[\"Please use https!\",\"Please authenticate.\"]}}"
            + "|request: Please use https!, request: Please authenticate.",
        "{\"errors\":{\"request\":\"Not Found\"}}|request: Not Found",
        "{\"errors\":{\"system\":[\"The API is down\"]},\"request_time\":1}|system: The API is down",
        "{\"errors\":[\"one\",\"two\"]}|one, two",
        "{\"errors\":\"a string\"}|a string",
        "{\"errors\":[{\"param\":\"time\",\"value\":1,\"reason\":\"too old\"}]}"
            + "|param: time, value: 1, reason: too old",
        "{\"error\":\"Rate limited\"}|Rate limited",
        "{\"error\":{\"code\":42}}|code: 42",
        "{\"message\":\"went wrong\"}|went wrong",
        "{\"errors\":null,\"message\":\"went wrong\"}|went wrong",
        "{\"other\":\"thing\"}|other: thing",
        "Bad Gateway|Bad Gateway",
        "\"quoted\"|quoted",
        "{}|{}",
        "{\"errors\":{}}|{\"errors\":{}}",
        "<html>\t<p>no</p></html>|<html> <p>no</p></html>",
        "{\"cut|{\"cut",
      })
  void flatten_everyShape(String body, String line) {
    assertThat(ErrorBody.flatten(body)).isEqualTo(line);
  }

  @Test
  void flatten_nothing() {
    assertThat(ErrorBody.flatten(" ")).isEqualTo("no reason given");
  }

  @Test
  void flatten_putsLinesTogetherAndCuts() {
    assertThat(ErrorBody.flatten("one\r\ntwo")).isEqualTo("one two");
    assertThat(ErrorBody.flatten("x".repeat(5000))).isEqualTo("x".repeat(1024) + "...");
  }

  /** They are written to terminals. */
  @Test
  void flatten_leavesControlCharactersOut() {
    assertThat(ErrorBody.flatten("\u001b[2Jgone\0")).isEqualTo("[2Jgone");
    assertThat(ErrorBody.flatten("{\"error\":\"a\\u001b[2Jb\"}")).isEqualTo("a [2Jb");
  }

  @Test
  void flatten_bearsHostileDepth() {
    assertThat(ErrorBody.flatten("[".repeat(100_000))).startsWith("[[[");
  }
}
