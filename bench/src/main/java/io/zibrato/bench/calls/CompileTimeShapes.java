package io.zibrato.bench.calls;

import io.zibrato.bench.woven.Shapes;
import io.zibrato.bench.woven.Subject;
import java.util.Map;

/** Annotated methods of every shape, woven at compile time. */
public class CompileTimeShapes extends ShapesBenchmark {
  @Override
  Map<String, Shape> shapes() {
    Subject subject = new Subject();
    Woven.expect(() -> subject.probe(n));
    return Shapes.all();
  }
}
