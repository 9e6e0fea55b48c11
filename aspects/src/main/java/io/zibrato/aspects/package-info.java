/**
 * The advice that {@link io.zibrato.annotations} asks for, and how a woven join point finds its
 * meter.
 *
 * <p>The aspects are a few lines each; what they do is in {@link io.zibrato.aspects.Sites} and
 * {@link io.zibrato.aspects.Site}, which are public only because inlined advice runs inside the
 * user's classes. Nothing here is for calling by hand.
 *
 * <p>What belongs here: join points. What does not: meters, and the weaver, which only {@code
 * io.zibrato.agent} knows.
 */
package io.zibrato.aspects;
