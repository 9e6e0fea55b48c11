/** Both versions of the wire, against another implementation and against hostile bytes. */
package io.zibrato.wire;
