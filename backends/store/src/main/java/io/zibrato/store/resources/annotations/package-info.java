/**
 * {@code /v1/annotations}: streams of events, such as deployments. Start reading at {@link
 * io.zibrato.store.resources.annotations.AnnotationEndpoints}.
 */
package io.zibrato.store.resources.annotations;
