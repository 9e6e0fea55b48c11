/** The same methods, measured by other libraries, as their users would: never a part of ours. */
package io.zibrato.bench.peers;
