/** Tests. */
package io.zibrato.chaos.load;
