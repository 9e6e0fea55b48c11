package com.example.inspected;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** An annotation of the user's own that carries ours. */
@Retention(RetentionPolicy.RUNTIME)
@CountMe(level = "warn", name = "audited.{method}")
@TimeMe(name = "audited.{method}.time")
public @interface Audited {}
