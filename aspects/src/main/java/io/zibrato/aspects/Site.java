package io.zibrato.aspects;

import io.zibrato.Zibrato;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * <p>Each kind of meter is a chain of what is wanted, null while nothing is: so a call that nobody
 * wants measured finds that out by one read.
 */
public final class Site implements SourceLocation {
  /*
   * The chains are relinked when a level changes that governs a link. They are read opaquely: as cheap as a plain read, but never moved out of a loop.
   */
  private static final VarHandle BEGUN = chain("begun", CountSite.class);
  private static final VarHandle RETURNED = chain("returned", CountSite.class);
  private static final VarHandle THROWN = chain("thrown", CountSite.class);
  private static final VarHandle TIMED = chain("timed", TimeSite.class);
  private static final VarHandle GAUGED = chain("gauged", GaugeSite.class);

  /** What moves nothing, and is no join point's. */
  static final Site NONE = new Site(null, new Links());

  private final JoinPoint.StaticPart part;
  private final SourceLocation location;
  private final Links links;
  private final Runnable relink = this::relink; // for the levels, which do not keep it
  private CountSite begun;
  private CountSite returned;
  private CountSite thrown;
  private TimeSite timed;
  private GaugeSite gauged;
  private boolean constructs;
  private volatile Site[] patterns = {};

  /** What measures at a join point, wanted or not. */
  private record Links(
      List<CountSite> begun,
      List<CountSite> returned,
      List<CountSite> thrown,
      List<TimeSite> timed,
      List<GaugeSite> gauged) {
    Links() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    void add(Spec spec, SiteSeries series, Signature signature) {
      switch (spec.kind()) {
        case COUNT -> {
          switch (spec.on()) {
            case "RETURN" -> returned.add(new CountSite(series, spec.value()));
            case "THROW" -> thrown.add(new CountSite(series, spec.value()));
            default -> begun.add(new CountSite(series, spec.value()));
          }
        }
        case TIME -> timed.add(new TimeSite(series, Math.max(1, spec.sample())));
        case GAUGE -> {
          if (GaugeSite.suits(signature)) gauged.add(new GaugeSite(series));
        }
      }
    }
  }

  private Site(JoinPoint.StaticPart part, Links links) {
    this.part = part;
    this.location = part == null ? null : part.getSourceLocation();
    this.links = links;
    // The first that is wanted decides how often a call is timed: as often as any of them asks.
    links.timed.sort(Comparator.comparingInt(TimeSite::sample));
  }

  private static VarHandle chain(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Site.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The site of a join point that moves nothing. */
  static Site none(JoinPoint.StaticPart part) {
    return new Site(part, new Links());
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
    Links links = new Links();
    Site site = new Site(part, links);
    for (Spec spec : specs) {
      SiteSeries series = SiteSeries.create(zibrato, spec, placeholders);
      if (series == null) continue;
      links.add(spec, series, signature);
      series.level().watch(site.relink);
    }
    site.relink();
    return site;
  }

  private synchronized void relink() {
    BEGUN.setRelease(this, Link.chain(links.begun));
    RETURNED.setRelease(this, Link.chain(links.returned));
    THROWN.setRelease(this, Link.chain(links.thrown));
    TIMED.setRelease(this, Link.chain(links.timed));
    GAUGED.setRelease(this, Link.chain(links.gauged));
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
    CountSite wanted = (CountSite) BEGUN.getOpaque(this);
    if (wanted != null) wanted.count();
  }

  /** A call returned. */
  public void end() {
    CountSite wanted = (CountSite) RETURNED.getOpaque(this);
    if (wanted != null) wanted.count();
  }

  /** A call threw. */
  public void fail() {
    CountSite wanted = (CountSite) THROWN.getOpaque(this);
    if (wanted != null) wanted.count();
  }

  /** What times this call, or null when nobody wants it timed. */
  public TimeSite timing() {
    return (TimeSite) TIMED.getOpaque(this);
  }

  /** A constructor's body begins. */
  public void beginNew() {
    TimeSite wanted = timing();
    if (wanted != null) constructs = true;
    if (constructs) ConstructionTimes.begin(this, wanted);
  }

  /** A constructor's body ended. */
  public void endNew() {
    if (constructs) ConstructionTimes.end(this);
  }

  /** A call returned a number. */
  public void gauge(double value) {
    GaugeSite wanted = (GaugeSite) GAUGED.getOpaque(this);
    if (wanted != null) wanted.record(value);
  }

  /** A call returned a number, or null. */
  public void gauge(Object value) {
    GaugeSite wanted = (GaugeSite) GAUGED.getOpaque(this);
    if (wanted != null && value instanceof Number number) wanted.record(number);
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
