package io.zibrato.agent;

import io.zibrato.aspects.ConfiguredAspect;
import java.util.ArrayList;
import java.util.List;
import org.aspectj.weaver.loadtime.DefaultWeavingContext;
import org.aspectj.weaver.loadtime.definition.Definition;
import org.aspectj.weaver.tools.WeavingAdaptor;

/**
 * What the weaver of one class loader is told to weave: our aspects, the configured ones, and
 * whatever the application's own {@code aop.xml} files name.
 */
final class AspectDefinitions extends DefaultWeavingContext {
  private static final List<String> OURS =
      List.of(
          "io.zibrato.aspects.CountMeAspect",
          "io.zibrato.aspects.TimeMeAspect",
          "io.zibrato.aspects.GaugeMeAspect");

  private final WeaveConfig config;
  private final WeaveReport report;

  AspectDefinitions(ClassLoader loader, WeaveConfig config, WeaveReport report) {
    super(loader);
    this.config = config;
    this.report = report;
  }

  @Override
  public List<Definition> getDefinitions(ClassLoader loader, WeavingAdaptor adaptor) {
    if (loader.getResource("io/zibrato/aspects/Sites.class") == null) {
      report.error(
          "classes of " + getClassLoaderName() + " are not woven: it does not see the agent");
      return List.of();
    }
    List<Definition> definitions = new ArrayList<>(super.getDefinitions(loader, adaptor));
    for (Definition definition : definitions) definition.getAspectClassNames().removeAll(OURS);
    definitions.add(ours());
    return definitions;
  }

  private Definition ours() {
    Definition ours = new Definition();
    ours.getAspectClassNames().addAll(OURS);
    for (ConfiguredAspect configured : config.aspects()) {
      var concrete = new Definition.ConcreteAspect(configured.className(), configured.parent());
      concrete.pointcuts.add(
          new Definition.Pointcut(configured.pointcutName(), configured.pointcut()));
      ours.getConcreteAspects().add(concrete);
    }
    ours.appendWeaverOptions(
        "-showWeaveInfo -XmessageHandlerClass:" + WeaveMessages.class.getName());
    return ours;
  }
}
