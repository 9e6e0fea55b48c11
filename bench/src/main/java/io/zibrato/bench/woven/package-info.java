/** Annotated classes that the build weaves. They measure nothing by themselves. */
package io.zibrato.bench.woven;
