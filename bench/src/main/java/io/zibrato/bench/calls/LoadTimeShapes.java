package io.zibrato.bench.calls;

import io.zibrato.bench.loaded.Shapes;
import io.zibrato.bench.loaded.Subject;
import java.util.Map;

/** Annotated methods of every shape, woven at load time; only with the agent. */
public class LoadTimeShapes extends ShapesBenchmark {
  @Override
  Map<String, Shape> shapes() {
    Subject subject = new Subject();
    Woven.expect(() -> subject.probe(n));
    return Shapes.all();
  }
}
