package io.zibrato.store.http;

import java.sql.SQLException;

/**
 * A query that was refused in the midst of reading, where nothing but an {@link SQLException} may
 * be thrown. {@link Api} answers with the error in it.
 */
public final class RefusedQuery extends SQLException {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  public RefusedQuery(ApiError error) {
    super(error);
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}
