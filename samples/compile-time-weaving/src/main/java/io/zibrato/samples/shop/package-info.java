/**
 * A small shop over HTTP, woven at compile time.
 *
 * <p>What belongs here: code as an application has it, with annotations on what is worth measuring.
 * {@link io.zibrato.samples.shop.Tally} is the one thing that an application would not have: it
 * counts again what is measured, so that the demo can compare.
 */
package io.zibrato.samples.shop;
