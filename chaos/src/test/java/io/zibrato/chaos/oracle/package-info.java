/** Tests. */
package io.zibrato.chaos.oracle;
