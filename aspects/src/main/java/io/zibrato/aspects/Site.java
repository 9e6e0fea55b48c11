package io.zibrato.aspects;

import io.zibrato.Zibrato;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.Signature;
import org.aspectj.lang.reflect.ConstructorSignature;
import org.aspectj.lang.reflect.MethodSignature;
import org.aspectj.lang.reflect.SourceLocation;

/**
 * One woven join point, and the meters it moves. What it does never throws, and never waits.
 *
 * <p>It stands in for the join point's source location ({@link Sites} says why), and passes on what
 * that has to say.
 *
 * <p>Each kind of meter is a chain, because annotations can be repeated; it is null where there are
 * none.
 */
public final class Site implements SourceLocation {
  /** What moves nothing, and is no join point's. */
  static final Site NONE = new Site(null, null, null, null, null, null);

  private final JoinPoint.StaticPart part;
  private final SourceLocation location;
  private final CountSite begun;
  private final CountSite returned;
  private final CountSite thrown;
  private final TimeSite timed;
  private final GaugeSite gauged;
  private volatile Site[] patterns = {};

  private Site(
      JoinPoint.StaticPart part,
      CountSite begun,
      CountSite returned,
      CountSite thrown,
      TimeSite timed,
      GaugeSite gauged) {
    this.part = part;
    this.location = part == null ? null : part.getSourceLocation();
    this.begun = begun;
    this.returned = returned;
    this.thrown = thrown;
    this.timed = timed;
    this.gauged = gauged;
  }

  /** The site of a join point that moves nothing. */
  static Site none(JoinPoint.StaticPart part) {
    return new Site(part, null, null, null, null, null);
  }

  /** The site that a join point's annotations ask for. */
  static Site create(JoinPoint.StaticPart part) throws ReflectiveOperationException {
    Member member = member(part.getSignature());
    return create(part, member == null ? List.of() : Specs.of(member));
  }

  private static Site create(JoinPoint.StaticPart part, List<Spec> specs) {
    Signature signature = part.getSignature();
    Placeholders placeholders =
        new Placeholders(signature.getDeclaringTypeName(), signature.getName());
    Zibrato zibrato = Zibrato.shared();
    CountSite begun = null;
    CountSite returned = null;
    CountSite thrown = null;
    TimeSite timed = null;
    GaugeSite gauged = null;
    for (Spec spec : specs) {
      SiteSeries series = SiteSeries.create(zibrato, spec, placeholders);
      if (series == null) continue;
      switch (spec.kind()) {
        case COUNT -> {
          switch (spec.on()) {
            case "RETURN" -> returned = new CountSite(series, spec.value(), returned);
            case "THROW" -> thrown = new CountSite(series, spec.value(), thrown);
            default -> begun = new CountSite(series, spec.value(), begun);
          }
        }
        case TIME -> timed = new TimeSite(series, spec.sample(), timed);
        case GAUGE -> gauged = GaugeSite.create(series, signature, gauged);
      }
    }
    return new Site(part, begun, returned, thrown, timed, gauged);
  }

  private static Member member(Signature signature) {
    if (signature instanceof MethodSignature method) return method.getMethod();
    if (signature instanceof ConstructorSignature constructor) return constructor.getConstructor();
    return null;
  }

  /** The site of the same join point under a pattern of the agent's configuration. */
  public Site of(WeavePattern pattern) {
    Site[] sites = patterns;
    int number = pattern.number();
    if (number < sites.length && sites[number] != null) return sites[number];
    return part == null ? NONE : resolve(pattern);
  }

  private synchronized Site resolve(WeavePattern pattern) {
    int number = pattern.number();
    Site[] sites = Arrays.copyOf(patterns, Math.max(patterns.length, number + 1));
    if (sites[number] == null) {
      sites[number] = created(pattern.spec());
      patterns = sites;
    }
    return sites[number];
  }

  private Site created(Spec spec) {
    try {
      return create(part, List.of(spec));
    } catch (Throwable e) {
      System.getLogger(Site.class.getName())
          .log(System.Logger.Level.WARNING, part + " is not measured", e);
      return NONE;
    }
  }

  /** A call begins. */
  public void begin() {
    if (begun != null) begun.count();
  }

  /** A call returned. */
  public void end() {
    if (returned != null) returned.count();
  }

  /** A call threw. */
  public void fail() {
    if (thrown != null) thrown.count();
  }

  /** What times this call, or null when nobody wants it timed. */
  public TimeSite timing() {
    return timed != null && timed.wanted() ? timed : null;
  }

  /** A constructor's body begins. */
  public void beginNew() {
    if (timed != null) ConstructionTimes.begin(timed);
  }

  /** A constructor's body ended. */
  public void endNew() {
    if (timed != null) ConstructionTimes.end(timed);
  }

  /** A call returned a number. */
  public void gauge(double value) {
    if (gauged != null) gauged.record(value);
  }

  /** A call returned a number, or null. */
  public void gauge(Object value) {
    if (gauged != null && value instanceof Number number) gauged.record(number);
  }

  @Override
  public Class<?> getWithinType() {
    return location.getWithinType();
  }

  @Override
  public String getFileName() {
    return location.getFileName();
  }

  @Override
  public int getLine() {
    return location.getLine();
  }

  @Override
  @Deprecated // Upstream, and asked for all the same.
  public int getColumn() {
    return location.getColumn();
  }

  @Override
  public String toString() {
    return String.valueOf(location);
  }
}
