/** Tests of the harness, and its short form. */
package io.zibrato.chaos;
