/** Tests of the program's own machinery; that it measures well, only its results can show. */
package io.zibrato.bench.footprint;
