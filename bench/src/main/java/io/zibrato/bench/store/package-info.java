/**
 * The store under load: measurements in, beside what SQLite alone takes, and charts out of a small
 * and a large store. What it measures it starts as a process on one core; the load has the other.
 */
package io.zibrato.bench.store;
