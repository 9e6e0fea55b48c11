/**
 * The annotations that put a meter on a method, a constructor or a type.
 *
 * <p>What is common to all of them is said here once.
 *
 * <p><b>Where they stand.</b> On a method of any kind that has a body, or on a type, which means
 * all of the type's own public methods (not its constructors, not what it inherits, not its nested
 * types). {@link CountMe} and {@link TimeMe} also stand on constructors. An annotation on a method
 * replaces one of the same kind on its type. All are repeatable, and each may be put on an
 * annotation type of yours, which then means the same wherever it stands.
 *
 * <p><b>What they need.</b> Nothing happens by the annotation alone: the class has to be woven, at
 * compile time with {@code zibrato-aspects} as an aspect library, or at load time by {@code
 * -javaagent:zibrato-agent.jar}.
 *
 * <p><b>What they leave alone.</b> The method's result and its exception always reach the caller as
 * they are. Nothing of ours is thrown, and nothing waits. Abstract and native methods have no body
 * to weave, and bridge methods are never woven. A Kotlin suspend function returns before it is
 * done, so it must not be timed.
 *
 * <p><b>Placeholders.</b> {@code name}, {@code source} and the values of {@code tags} may hold
 * <code>{class}</code> (simple name, with the outer classes' before it), <code>{method}</code>
 * ({@code new} for a constructor), <code>
 * {host}</code> and <code>{pid}</code>. They are filled in once, when the annotated code first
 * runs.
 *
 * <p>What belongs here: annotations and the names of levels. What does not: anything that does
 * something.
 *
 * @see CountMe
 * @see TimeMe
 * @see GaugeMe
 */
package io.zibrato.annotations;
