package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.tree.MethodNode;

class WeavingTest {
  @ParameterizedTest
  @CsvSource({
    "ajc$before$com_acme_Traced$1$a18d8d18, true",
    "place_aroundBody0, true",
    "place_aroundBody11$advice, true",
    "place, false",
    "place_aroundBody, false"
  })
  void isAdded_knowsTheWeaversNames(String name, boolean added) {
    assertThat(Weaving.isAdded(new MethodNode(0, name, "()V", null, null))).isEqualTo(added);
  }
}
