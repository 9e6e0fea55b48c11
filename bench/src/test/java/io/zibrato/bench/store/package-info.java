/** The bench of the store itself: that it runs, and refuses bad flags. */
package io.zibrato.bench.store;
