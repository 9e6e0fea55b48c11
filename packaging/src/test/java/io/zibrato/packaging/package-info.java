/** Tests of the files that have a supervisor run our processes for good. */
package io.zibrato.packaging;
