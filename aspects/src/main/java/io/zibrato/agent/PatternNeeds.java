package io.zibrato.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aspectj.weaver.Shadow;
import org.aspectj.weaver.patterns.AndPointcut;
import org.aspectj.weaver.patterns.KindedPointcut;
import org.aspectj.weaver.patterns.NamePattern;
import org.aspectj.weaver.patterns.OrPointcut;
import org.aspectj.weaver.patterns.PatternParser;
import org.aspectj.weaver.patterns.Pointcut;
import org.aspectj.weaver.patterns.SignaturePattern;
import org.aspectj.weaver.patterns.TypePattern;
import org.aspectj.weaver.patterns.WithinPointcut;

/**
 * What a class must be called, and declare, for a pointcut to match an execution in it. Never
 * refuses a class that the pointcut matches; may let others by, which the weaver then leaves alone.
 */
interface PatternNeeds {
  /*
   * A declaring type in execution(* a.B.m(..)) says nothing of the class's own name, since what overrides m in a subclass of a.B matches too, and
   * that subclass may name only its own superclass, in between. But what overrides it declares a method m, and bears that name.
   * Constructors are not inherited: there the declaring type is the class's own, unless the pattern has a "+".
   * within(a.B) holds for the types nested in a.B as well. What stands behind "!" is not needed, and nothing follows from its absence either.
   */

  /** False only if the pointcut matches no execution in the class. */
  boolean mayMatch(ClassNames names);

  /** Matches whatever the names are. */
  PatternNeeds NOTHING = names -> true;

  /**
   * What a pointcut needs.
   *
   * @throws RuntimeException the parser's own, with what is wrong with the pointcut
   */
  static PatternNeeds of(String pointcut) {
    return of(new PatternParser(pointcut).parsePointcut());
  }

  private static PatternNeeds of(Pointcut pointcut) {
    if (pointcut instanceof AndPointcut and) {
      PatternNeeds left = of(and.getLeft());
      PatternNeeds right = of(and.getRight());
      return names -> left.mayMatch(names) && right.mayMatch(names);
    }
    if (pointcut instanceof OrPointcut or) {
      PatternNeeds left = of(or.getLeft());
      PatternNeeds right = of(or.getRight());
      return names -> left.mayMatch(names) || right.mayMatch(names);
    }
    if (pointcut instanceof WithinPointcut within) return type(within.getTypePattern(), true);
    if (pointcut instanceof KindedPointcut kinded) return execution(kinded);
    return NOTHING;
  }

  private static PatternNeeds execution(KindedPointcut pointcut) {
    SignaturePattern signature = pointcut.getSignature();
    if (pointcut.getKind() == Shadow.ConstructorExecution) {
      return type(signature.getDeclaringType(), false);
    }
    if (pointcut.getKind() != Shadow.MethodExecution) return NOTHING;
    NamePattern method = signature.getName();
    return names -> names.methods().stream().anyMatch(method::matches);
  }

  /** What a type pattern that begins with literal names asks of a class's own name. */
  private static PatternNeeds type(TypePattern pattern, boolean nestedToo) {
    if (pattern.isIncludeSubtypes()) return NOTHING;
    String text = pattern.toString();
    if (PatternText.TYPE.matcher(text).matches()) {
      String nested = text.concat(".");
      return names -> names.type().equals(text) || nestedToo && names.type().startsWith(nested);
    }
    Matcher wild = PatternText.PACKAGE.matcher(text);
    if (!wild.matches()) return NOTHING;
    String prefix = wild.group(1);
    return names -> names.type().startsWith(prefix);
  }

  /** Type patterns as they print. */
  final class PatternText {
    private static final String NAME =
        "[\\p{javaJavaIdentifierStart}&&[^$]][\\p{javaJavaIdentifierPart}&&[^$]]*";

    /** A name of at least one package and a type. */
    static final Pattern TYPE = Pattern.compile(NAME + "(?:\\." + NAME + ")+");

    /** Literal packages, then something with a wildcard, and nothing but names and wildcards. */
    static final Pattern PACKAGE =
        Pattern.compile("((?:" + NAME + "\\.)+)(?:\\.|[^.()!&|@+ ]*\\*)[^()!&|@+ ]*");

    private PatternText() {}
  }
}
