/** Holds what the services took against what the applications counted. */
package io.zibrato.chaos.oracle;
